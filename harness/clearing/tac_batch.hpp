#pragma once

#include <span>

#include "core/crypto/cipher.hpp"
#include "core/crypto/mac.hpp"
#include "harness/clearing/transaction.hpp"

namespace tongka::harness::clearing {

/// TACs of many cards: each card's key is derived from its city's root, and makes the TACs of its transactions
/// (standards.md 5.1, 5.2: amount 4, TTI 1, terminal 6, terminal serial 4, date 4, time 3).
class TacBatch {
public:
    /// How many cards are derived in one go.
    static constexpr std::size_t most = 64;

    /// Derives the TAC keys of up to `most` cards of one city.
    void derive(const core::Cipher& root, std::span<const std::array<core::Byte, 8>> cards);

    /// Makes ready the key of one of them.
    void choose(std::size_t card);

    /// The TAC that the chosen card gives for the transaction.
    [[nodiscard]] core::Mac tac(const Transaction& transaction) const;

private:
    core::Algorithm algorithm_ = core::Algorithm::triple_des;
    std::array<core::Byte, 16 * most> keys_{};
    core::Cipher card_ = core::Key::des(std::array<core::Byte, 8>{});
};

} // namespace tongka::harness::clearing
