#include "core/crypto/secure_messaging.hpp"
#include "simulator/key_cards/authentication_card.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t challenge_size = 8;

constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::no_right,
                                     &common::wrong_le};

/// P2 01: the cryptogram that EXTERNAL AUTHENTICATION sends the mother card for its challenge of 8 bytes. Nothing of
/// another length is enciphered.
Reply execute(AuthenticationCard& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 != 0 || command.p2 != key_card::authentication_key)
        return refuse(common::wrong_parameters);
    if (const auto refused = refuse_lengths(command, challenge_size, 8))
        return *refused;
    const auto key = card.own_key(key_card::authentication_key).value();
    if (!card.allows(key.use))
        return refuse(common::no_right);
    core::append(answer, core::external_authentication(card.cipher(key), command.data));
    return success();
}

} // namespace

const Instruction answer_challenge{"INTERNAL AUTHENTICATION", 0x00, 0x88, {}, on<AuthenticationCard, execute>, reasons};

} // namespace tongka::simulator
