#pragma once

#include "core/keys/key_store.hpp"
#include "core/random.hpp"
#include "simulator/issuer/sender.hpp"

namespace tongka::simulator {

/// The city centre's side: takes the keys out of a mother card into `into`, all or none, with the authentication card
/// that belongs to it and that card's PIN (as VERIFY sends it). Both have power, and nothing was sent to them yet.
///
/// `into` is the city's store and empty: once keys have left the card, no name in it may stand against them. Later
/// generations go into an empty MemoryKeyStore, and from there by core::import_prepared. An Error names the card and
/// the step; the two cards are compared, and the store is looked at, before a try or an emptying is spent.
[[nodiscard]] core::Result<void> receive_keys(const Transmit& mother, const Transmit& authentication,
                                              core::BytesView pin, core::Random& random, core::KeyStore& into);

} // namespace tongka::simulator
