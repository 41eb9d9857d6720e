#pragma once

#include <memory>
#include <vector>

#include "core/keys/key_record.hpp"
#include "simulator/issuer/sender.hpp"
#include "simulator/key_cards/authentication_card.hpp"
#include "simulator/key_cards/card_pair.hpp"
#include "simulator/key_cards/mother_card.hpp"

/// The national centre's side: writes blank key cards through CREATE FILE, WRITE KEY and UPDATE BINARY, and closes
/// them. Only a control key drawn for the card comes in clear, first of all; all other keys follow under it, enciphered
/// with a MAC, and closing wipes it (docs/decisions/0009-key-cards.md). An Error names the command that was refused,
/// and shows no key.
namespace tongka::simulator {

/// `keys` as core::city_keys gives them: none destroyed, no name twice, 16 bytes each. `emptyings` is 1 to 255.
[[nodiscard]] core::Result<void> issue_mother_card(const Transmit& transmit, const CardPair& pair,
                                                   const std::vector<core::KeyEntry>& keys, unsigned emptyings,
                                                   core::Random& random);

/// `pin` as VERIFY sends it: 2 to 6 bytes.
[[nodiscard]] core::Result<void> issue_authentication_card(const Transmit& transmit, const CardPair& pair,
                                                           core::BytesView pin, core::Random& random);

/// Simulated cards, issued and without power. `card_random` serves the card, `random` the centre.
[[nodiscard]] core::Result<std::unique_ptr<MotherCard>> make_mother_card(const CardPair& pair,
                                                                         const std::vector<core::KeyEntry>& keys,
                                                                         std::unique_ptr<core::Random> card_random,
                                                                         core::Random& random, unsigned emptyings = 1);
[[nodiscard]] core::Result<std::unique_ptr<AuthenticationCard>>
make_authentication_card(const CardPair& pair, core::BytesView pin, std::unique_ptr<core::Random> card_random,
                         core::Random& random);

} // namespace tongka::simulator
