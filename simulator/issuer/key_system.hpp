#pragma once

#include <vector>

#include "core/keys/key_store.hpp"
#include "core/profile/profile.hpp"

/// Which keys of a key system a card, a PSAM or an ISAM holds (standards.md 4.3, 6; clauses.md C; docs/keys.md, which
/// tells what of it is inferred). Each replaces the keys of a profile, whose layout, numbers and rules stay.
namespace tongka::simulator {

/// Every key of the store that was not destroyed, derived for the card: the transaction keys of each living generation
/// under an index of their own, so that the card goes on to pay when the generation changes. `store` is the
/// centre's, or the card's city's: the store of another city is an Error.
[[nodiscard]] core::Result<void> give_card_keys(core::Profile& profile, core::KeyStore& store);

/// The roots that the centre loads into PSAMs: purchase keys of each living generation, application maintenance, TAC;
/// and the PSAM's own keys, by its serial number. The index to pay with (file 0017) is that of the current generation.
/// `city` is where the PSAM will serve, for maintenance keys of one level. The store must be the centre's.
[[nodiscard]] core::Result<void> give_psam_keys(core::Profile& profile, core::KeyStore& store,
                                                std::span<const core::Byte, 2> city);

/// The city's load keys of each living generation, one level above the card; its maintenance key; the key of the
/// log-in and the ISAM's own keys, by its serial number. The index to load with (file 0017) is that of the current
/// generation. The profile has an ISAM; `store` is the city's.
[[nodiscard]] core::Result<void> give_isam_keys(core::Profile& profile, core::KeyStore& store);

/// The generations whose keys were destroyed.
[[nodiscard]] std::vector<core::Byte> destroyed_generations(const core::KeyStore& store);

/// The current generation of the transaction keys. An Error where the store has none.
[[nodiscard]] core::Result<core::Byte> current_generation(const core::KeyStore& store);

} // namespace tongka::simulator
