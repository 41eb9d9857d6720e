#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/keys/key_record.hpp"

namespace tongka::core {

/// The keys of one owner. Errors name the key and the store, and never show a key. Not for several threads at once.
class KeyStore {
public:
    virtual ~KeyStore();
    [[nodiscard]] virtual const KeyOwner& owner() const = 0;

    /// In the order they were added; those of destroyed keys too, as history.
    [[nodiscard]] virtual const std::vector<KeyRecord>& records() const = 0;

    /// The key one or more levels below this one (standards.md 5.1), outermost factor first; only the result leaves
    /// the store. An Error without a factor, or where the key is not here or was destroyed.
    [[nodiscard]] virtual Result<Key> diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) = 0;

    /// The key itself, to be written into a PSAM.
    [[nodiscard]] virtual Result<Key> release(const KeyName& name) = 0;

    /// Takes a key in. A check value of zeros is filled in, another one must be the key's. An Error where the store
    /// has, or had, a key of that name.
    [[nodiscard]] virtual Result<void> add(KeyRecord record, const Key& key) = 0;

    /// Moves a key on to a later state; `destroyed` wipes the key and keeps the record.
    [[nodiscard]] virtual Result<void> set_state(const KeyName& name, KeyState state) = 0;

    /// Changes that belong together: a store that outlives the program keeps them all, or none when `changes` or the
    /// keeping of them fails. Other changes are kept one by one.
    [[nodiscard]] virtual Result<void> together(const std::function<Result<void>()>& changes);
};

/// The record of that name, or null.
[[nodiscard]] const KeyRecord* find_record(const KeyStore& store, const KeyName& name);

/// The record of a key that can be used: an Error where it is not here or was destroyed.
[[nodiscard]] Result<KeyRecord> usable_record(const KeyStore& store, const KeyName& name);

/// What every store asks of a change, and `record` as it is to be kept (with its check value).
[[nodiscard]] Result<KeyRecord> checked_addition(const KeyStore& store, KeyRecord record, const Key& key);
[[nodiscard]] Result<void> check_change(const KeyStore& store, const KeyName& name, KeyState state);

} // namespace tongka::core
