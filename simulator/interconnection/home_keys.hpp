#pragma once

#include <map>

#include "core/crypto/cipher.hpp"
#include "core/keys/key_store.hpp"
#include "simulator/interconnection/outcome.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {

/// What the home city checks the purchases of one card with: its own keys, derived for the card. The arithmetic
/// (standards.md 5.2) stands here a second time, apart from card and PSAM. Not for several threads at once.
class HomeKeys {
public:
    /// Purchase keys of each generation that the city has not destroyed, and the TAC key.
    [[nodiscard]] static core::Result<HomeKeys> derive(core::KeyStore& city, const std::array<core::Byte, 8>& asn);

    /// `accepted`, or what is wrong. Random number and MAC1 stand in `outcome`, since no terminal keeps them.
    [[nodiscard]] Verdict check(const PurchaseRecord& record, const Outcome& outcome);

private:
    HomeKeys(core::Cipher tac, core::Cipher session) : tac_(std::move(tac)), session_(std::move(session)) {}

    std::map<std::pair<core::Byte, core::Byte>, core::Cipher> purchase_; ///< by index and version
    core::Cipher tac_;
    core::Cipher session_; ///< takes another key with each purchase
};

} // namespace tongka::simulator
