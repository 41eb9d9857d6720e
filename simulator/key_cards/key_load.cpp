#include "simulator/key_cards/key_load.hpp"

#include <fmt/format.h>

#include "core/keys/record_form.hpp"

namespace tongka::simulator {

core::SecretBytes key_load(const std::vector<core::KeyEntry>& keys) {
    core::RecordWriter writer;
    writer.write_number(keys.size(), 2);
    for (const auto& [record, key] : keys) {
        writer.write(record);
        writer.write_bytes(key.bytes());
    }
    return std::move(writer).take();
}

core::Result<std::vector<core::KeyEntry>> read_key_load(core::BytesView bytes) {
    core::RecordReader reader(bytes);
    TONGKA_TRY(const auto count, reader.read_number(2));
    std::vector<core::KeyEntry> keys;
    for (std::uint64_t i = 0; i < count; ++i) {
        TONGKA_TRY(auto record, reader.read_record());
        TONGKA_TRY(const auto key, reader.read_key(record.algorithm));
        if (record.check_value != core::check_value(key))
            return core::fail(fmt::format("key {}: the check value is not the key's", core::to_text(record.name)));
        keys.push_back({std::move(record), key});
    }
    TONGKA_CHECK(reader.finish());
    return keys;
}

} // namespace tongka::simulator
