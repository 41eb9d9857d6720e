#pragma once

#include "simulator/card/card.hpp"

namespace tongka::simulator {

/// The session key SESGLK of a grey lock, for its MAC1, MAC2 and GMAC, from what the lock keeps: the purchase key gives
/// a temporary key over random 4, offline counter 2, right two bytes of the terminal's serial; that one gives SESGLK
/// over terminal random 4, 80000000 (standards.md 5.1). Under SM4 both steps are those of SM4 session keys (inferred:
/// no source describes it).
[[nodiscard]] core::Cipher grey_session(Card& card, const StoredKey& key, const Lock& lock);

} // namespace tongka::simulator
