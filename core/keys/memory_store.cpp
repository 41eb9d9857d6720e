#include "core/keys/memory_store.hpp"

#include "core/crypto/derivation.hpp"
#include "core/keys/record_form.hpp"

namespace tongka::core {

Result<Key> MemoryKeyStore::release(const KeyName& name) {
    TONGKA_TRY(const auto record, usable_record(*this, name));
    const auto at = std::ranges::find(records_, name, &KeyRecord::name) - records_.begin();
    return *keys_[static_cast<std::size_t>(at)];
}

Result<Key> MemoryKeyStore::diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) {
    if (factors.empty())
        return fail("key " + to_text(name) + " is to be diversified without a factor");
    TONGKA_TRY(const auto key, release(name));
    return core::diversify(key, factors);
}

Result<void> MemoryKeyStore::add(KeyRecord record, const Key& key) {
    TONGKA_TRY(auto checked, checked_addition(*this, std::move(record), key));
    records_.push_back(std::move(checked));
    keys_.emplace_back(key);
    return {};
}

Result<void> MemoryKeyStore::set_state(const KeyName& name, KeyState state) {
    TONGKA_CHECK(check_change(*this, name, state));
    const auto record = std::ranges::find(records_, name, &KeyRecord::name);
    record->state = state;
    if (state == KeyState::destroyed)
        keys_[static_cast<std::size_t>(record - records_.begin())].reset();
    return {};
}

Result<void> MemoryKeyStore::together(const std::function<Result<void>()>& changes) {
    const auto before = *this;
    auto done = changes();
    if (!done)
        *this = before;
    return done;
}

SecretBytes MemoryKeyStore::to_bytes() const {
    RecordWriter writer;
    writer.write(owner_);
    writer.write_number(records_.size(), 2);
    for (std::size_t i = 0; i < records_.size(); ++i) {
        writer.write(records_[i]);
        if (keys_[i])
            writer.write_bytes(keys_[i]->bytes());
    }
    return std::move(writer).take();
}

Result<MemoryKeyStore> MemoryKeyStore::from_bytes(BytesView bytes) {
    RecordReader reader(bytes);
    TONGKA_TRY(const auto owner, reader.read_owner());
    TONGKA_TRY(const auto count, reader.read_number(2));
    MemoryKeyStore store(owner);
    for (std::uint64_t i = 0; i < count; ++i) {
        TONGKA_TRY(auto record, reader.read_record());
        if (record.state == KeyState::destroyed) {
            store.records_.push_back(std::move(record));
            store.keys_.emplace_back();
            continue;
        }
        TONGKA_TRY(const auto key, reader.read_key(record.algorithm));
        TONGKA_CHECK(store.add(std::move(record), key));
    }
    TONGKA_CHECK(reader.finish());
    return store;
}

} // namespace tongka::core
