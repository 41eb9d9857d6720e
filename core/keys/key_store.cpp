#include "core/keys/key_store.hpp"

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::core {

KeyStore::~KeyStore() = default;

Result<void> KeyStore::together(const std::function<Result<void>()>& changes) {
    return changes();
}

const KeyRecord* find_record(const KeyStore& store, const KeyName& name) {
    const auto found = std::ranges::find(store.records(), name, &KeyRecord::name);
    return found == store.records().end() ? nullptr : &*found;
}

static Result<const KeyRecord*> record_of(const KeyStore& store, const KeyName& name) {
    if (const auto* record = find_record(store, name))
        return record;
    return fail(fmt::format("the keys of {} have no {}", to_text(store.owner()), to_text(name)));
}

Result<KeyRecord> usable_record(const KeyStore& store, const KeyName& name) {
    TONGKA_TRY(const auto* record, record_of(store, name));
    if (record->state == KeyState::destroyed)
        return fail(fmt::format("key {} of {} was destroyed", to_text(name), to_text(store.owner())));
    return *record;
}

Result<KeyRecord> checked_addition(const KeyStore& store, KeyRecord record, const Key& key) {
    const auto place = fmt::format("key {} of {}", to_text(record.name), to_text(store.owner()));
    if (find_record(store, record.name) != nullptr)
        return fail(place + " is here already");
    if (record.state == KeyState::destroyed)
        return fail(place + " would be added as a destroyed key");
    if (record.algorithm != key.algorithm())
        return fail(fmt::format("{} is recorded as {}, but is a key for {}", place, core::name(record.algorithm),
                                core::name(key.algorithm())));
    const auto actual = check_value(key);
    if (record.check_value != CheckValue{} && record.check_value != actual)
        return fail(
            fmt::format("{} has the check value {}, not {}", place, to_hex(actual), to_hex(record.check_value)));
    record.check_value = actual;
    return record;
}

Result<void> check_change(const KeyStore& store, const KeyName& name, KeyState state) {
    TONGKA_TRY(const auto* record, record_of(store, name));
    if (state <= record->state)
        return fail(fmt::format("key {} of {} is {} and cannot become {}", to_text(name), to_text(store.owner()),
                                core::name(record->state), core::name(state)));
    return {};
}

} // namespace tongka::core
