#include "core/keys/component_file.hpp"

#include <fmt/format.h>

#include "core/keys/locked_file.hpp"
#include "core/keys/record_form.hpp"

namespace tongka::core {
namespace {

SecretBytes to_bytes(const ComponentSet& set) {
    RecordWriter writer;
    writer.write(set.owner);
    writer.write_number(set.number, 1);
    writer.write_number(set.count, 1);
    writer.write_number(set.components.size(), 2);
    for (const auto& part : set.components) {
        writer.write(part.record);
        writer.write_number(part.odd_parity ? 1 : 0, 1);
        writer.write_bytes(part.check_value);
        writer.write_bytes(part.value.bytes());
    }
    return std::move(writer).take();
}

Result<ComponentSet> from_bytes(BytesView bytes) {
    RecordReader reader(bytes);
    ComponentSet set;
    TONGKA_TRY(set.owner, reader.read_owner());
    TONGKA_TRY(const auto number, reader.read_number(1));
    TONGKA_TRY(const auto count, reader.read_number(1));
    set.number = static_cast<Byte>(number);
    set.count = static_cast<Byte>(count);
    TONGKA_TRY(const auto components, reader.read_number(2));
    for (std::uint64_t i = 0; i < components; ++i) {
        TONGKA_TRY(auto record, reader.read_record());
        TONGKA_TRY(const auto parity, reader.read_number(1));
        TONGKA_TRY(const auto check, reader.read_check_value());
        TONGKA_TRY(auto value, reader.read_key(record.algorithm));
        set.components.push_back({std::move(record), set.number, set.count, parity != 0, check, std::move(value)});
    }
    TONGKA_CHECK(reader.finish());
    return set;
}

Result<void> check_together(const std::vector<ComponentSet>& sets) {
    const auto& first = sets.front();
    std::vector<bool> given(first.count);
    for (const auto& set : sets) {
        if (set.owner != first.owner || set.count != first.count || set.number == 0 || set.number > set.count ||
            set.components.size() != first.components.size())
            return fail(fmt::format("component {} of {} (keys of {}) and component {} of {} (keys of {}) do not belong "
                                    "together",
                                    first.number, first.count, to_text(first.owner), set.number, set.count,
                                    to_text(set.owner)));
        if (given[set.number - 1u])
            return fail(fmt::format("component {} was given twice", set.number));
        given[set.number - 1u] = true;
    }
    for (std::size_t i = 0; i < given.size(); ++i)
        if (!given[i])
            return fail(fmt::format("component {} of {} is missing", i + 1, given.size()));
    return {};
}

} // namespace

std::vector<ComponentSet> split_all(const KeyOwner& owner, const std::vector<KeyEntry>& keys, Byte count,
                                    Random& random) {
    std::vector<ComponentSet> sets;
    for (Byte number = 1; number <= count; ++number)
        sets.push_back({owner, number, count, {}});
    for (const auto& key : keys) {
        auto parts = split(key, count, random);
        for (std::size_t i = 0; i < parts.size(); ++i)
            sets[i].components.push_back(std::move(parts[i]));
    }
    return sets;
}

Result<std::vector<KeyEntry>> combine_all(const std::vector<ComponentSet>& sets) {
    if (sets.empty())
        return fail("no component was given");
    TONGKA_CHECK(check_together(sets));
    std::vector<KeyEntry> keys;
    for (std::size_t i = 0; i < sets.front().components.size(); ++i) {
        std::vector<Component> parts;
        for (const auto& set : sets)
            parts.push_back(set.components[i]);
        TONGKA_TRY(auto key, combine(parts));
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<void> write_component_file(const std::filesystem::path& path, const ComponentSet& set, const PassPhrase& pass,
                                  Random& random, const StretchCost& cost) {
    const auto seal = Seal::make(SealedContent::components, pass, random, cost);
    const auto file = LockedFile::create(path, seal.close(to_bytes(set), random));
    if (!file)
        return fail(file.error().at(path.string()));
    return {};
}

Result<ComponentSet> read_component_file(const std::filesystem::path& path, const PassPhrase& pass) {
    const auto read = [&]() -> Result<ComponentSet> {
        TONGKA_TRY(const auto bytes, read_whole_file(path));
        TONGKA_TRY(const auto opened, Seal::open(bytes, SealedContent::components, pass));
        return from_bytes(opened.content);
    };
    auto set = read();
    if (!set)
        return fail(set.error().at(path.string()));
    return set;
}

} // namespace tongka::core
