#pragma once

#include "core/clock.hpp"
#include "core/keys/key_store.hpp"
#include "core/random.hpp"

namespace tongka::core {

/// The roots of the national centre: every lasting key, generation 1 of the others current, 2 prepared.
[[nodiscard]] std::vector<KeyEntry> new_national_keys(Random& random, Algorithm algorithm,
                                                      const Clock& clock = SystemClock());

/// Fills an empty national store with them; an Error for any other store, and for single DES.
[[nodiscard]] Result<void> new_national_store(KeyStore& store, Random& random, Algorithm algorithm,
                                              const Clock& clock = SystemClock());

/// What a city is given: each key of the national store that is not destroyed, diversified by the city's factor, under
/// the same name, in the same state and with the same date. Inferred: the roots stay in the centre, and a city gets
/// its keys in the issuing mother card (clauses.md C).
[[nodiscard]] Result<std::vector<KeyEntry>> city_keys(KeyStore& national, const std::array<Byte, 2>& city);

/// Adds keys to a store, all or none.
[[nodiscard]] Result<void> add_all(KeyStore& store, const std::vector<KeyEntry>& keys);

/// Takes one key from outside in. A key of a kind that rolls becomes part of a later generation: its index is its
/// version and above the current one, and it is `prepared`; any other is `current`. An Error for weak keys.
[[nodiscard]] Result<void> add_from_outside(KeyStore& store, KeyRecord record, const Key& key);

/// Brings a city's store up to date from what the centre gave: generations above its current one are added, as
/// prepared; keys that both hold must be the same. Gives the names of the keys that were added; an Error where owner,
/// algorithm or a check value differs, or nothing is new.
[[nodiscard]] Result<std::vector<KeyName>> import_prepared(KeyStore& into, KeyStore& from);

} // namespace tongka::core
