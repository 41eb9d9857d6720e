#pragma once

#include "simulator/key_cards/key_card.hpp"

namespace tongka::simulator {

/// The authentication card of one mother card (母卡认证卡; inferred: its name alone is public). Under its PIN it
/// answers the mother card's challenge, and opens the receiver's side of one transfer; the keys for both stay in it.
class AuthenticationCard final : public KeyCard {
public:
    AuthenticationCard(core::Algorithm algorithm, std::unique_ptr<core::Random> random);

    [[nodiscard]] bool complete() const override;

    // For the commands.
    [[nodiscard]] std::optional<StoredKey> own_key(core::Byte id) const {
        return key(KeyType::internal_encryption, id);
    }

private:
    [[nodiscard]] const InstructionSet& in_service() const override;
    void forget() override {}
};

/// The answer to OPEN SESSION: algorithm 1, R2 8, cryptogram over R1 8, the sender's over R2 8, then the keys of the
/// session for encryption and MAC, 16 each.
namespace open_session_answer {
inline constexpr std::size_t number_size = 8;
inline constexpr std::size_t size = 1 + 3 * number_size + 2 * 16;
} // namespace open_session_answer

extern const Instruction answer_challenge;
extern const Instruction open_session;

} // namespace tongka::simulator
