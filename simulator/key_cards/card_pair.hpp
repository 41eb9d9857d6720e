#pragma once

#include <array>

#include "core/crypto/key.hpp"
#include "core/random.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// What makes a mother card and an authentication card belong together.
struct CardPair {
    std::array<core::Byte, 2> city;   ///< whose keys the mother card carries, BCD
    std::array<core::Byte, 8> number; ///< random; stands in both cards for everyone to read
    core::Key authentication;         ///< the mother card gives nothing before it has seen this
    core::Key transport;              ///< what protects the keys on their way (Annex C)
};

/// A new pair; an Error for single DES.
[[nodiscard]] core::Result<CardPair> new_card_pair(const std::array<core::Byte, 2>& city, core::Algorithm algorithm,
                                                   core::Random& random);

} // namespace tongka::simulator
