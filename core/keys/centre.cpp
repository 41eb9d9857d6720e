#include "core/keys/centre.hpp"

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/keys/generate.hpp"
#include "core/keys/key_plan.hpp"
#include "core/keys/rotation.hpp"
#include "core/profile/keys.hpp"

namespace tongka::core {

std::vector<KeyEntry> new_national_keys(Random& random, Algorithm algorithm, const Clock& clock) {
    std::vector<KeyEntry> keys;
    const auto make = [&](const std::vector<KeyName>& names, KeyState state) {
        for (const auto& name : names) {
            const auto key = generate_key(random, algorithm);
            keys.push_back({{name, algorithm, state, check_value(key), today(clock)}, key});
        }
    };
    make(lasting_names(), KeyState::current);
    make(generation_names(1), KeyState::current);
    make(generation_names(2), KeyState::prepared);
    return keys;
}

Result<void> new_national_store(KeyStore& store, Random& random, Algorithm algorithm, const Clock& clock) {
    if (store.owner().city)
        return fail(fmt::format("the keys of city {} come from the national centre", to_text(store.owner())));
    if (!store.records().empty())
        return fail("the store has keys already");
    if (algorithm == Algorithm::des)
        return fail("root keys are 3des or sm4, not des");
    return add_all(store, new_national_keys(random, algorithm, clock));
}

Result<std::vector<KeyEntry>> city_keys(KeyStore& national, const std::array<Byte, 2>& city) {
    if (national.owner().city)
        return fail(fmt::format("the keys of {} are a city's: cities get theirs from the national ones",
                                to_text(national.owner())));
    const auto factor = city_factor(city, Rules{});
    std::vector<KeyEntry> keys;
    for (auto record : national.records()) {
        if (record.state == KeyState::destroyed)
            continue;
        TONGKA_TRY(const auto key, national.diversify(record.name, std::span(&factor, 1)));
        record.check_value = check_value(key);
        keys.push_back({std::move(record), key});
    }
    return keys;
}

Result<void> add_all(KeyStore& store, const std::vector<KeyEntry>& keys) {
    return store.together([&]() -> Result<void> {
        for (const auto& [record, key] : keys)
            TONGKA_CHECK(store.add(record, key));
        return {};
    });
}

Result<void> add_from_outside(KeyStore& store, KeyRecord record, const Key& key) {
    const auto place = fmt::format("key {} of {}", to_text(record.name), to_text(store.owner()));
    TONGKA_TRY(record, checked_addition(store, std::move(record), key));
    if (is_weak(key))
        return fail(place + " is weak, or its halves are the same");
    record.state = KeyState::current;
    if (rolls(record.name.kind)) {
        Byte current = 0;
        for (const auto& one : store.records())
            if (rolls(one.name.kind) && one.state == KeyState::current)
                current = std::max(current, one.name.index);
        if (record.name.index != record.name.version || record.name.index <= current)
            return fail(fmt::format(
                "{}: generation {} is current, and what comes next has one number above it as index "
                "and version, such as {}",
                place, current,
                to_text({record.name.kind, static_cast<Byte>(current + 1), static_cast<Byte>(current + 1)})));
        record.state = KeyState::prepared;
    }
    return store.add(std::move(record), key);
}

Result<std::vector<KeyName>> import_prepared(KeyStore& into, KeyStore& from) {
    if (into.owner() != from.owner())
        return fail(
            fmt::format("keys of {} cannot be added to those of {}", to_text(from.owner()), to_text(into.owner())));
    TONGKA_TRY(const auto now, generations(into));
    if (const auto whole = generations(from); !whole)
        return fail(whole.error());
    std::vector<KeyEntry> fresh;
    for (auto record : from.records()) {
        const auto name = record.name;
        if (const auto* known = find_record(into, name)) {
            if (known->check_value != record.check_value)
                return fail(fmt::format("key {} of {} has the check value {} here and {} there", to_text(name),
                                        to_text(into.owner()), to_hex(known->check_value), to_hex(record.check_value)));
            continue;
        }
        if (record.state == KeyState::destroyed || !rolls(name.kind) || name.index <= now.current)
            continue;
        TONGKA_TRY(const auto key, from.release(name));
        record.state = KeyState::prepared;
        fresh.push_back({std::move(record), key});
    }
    if (fresh.empty())
        return fail(fmt::format("nothing to import: {} has all generations that are there", to_text(into.owner())));
    std::vector<KeyName> names;
    for (const auto& entry : fresh)
        names.push_back(entry.record.name);
    TONGKA_CHECK(add_all(into, fresh));
    return names;
}

} // namespace tongka::core
