#include "core/keys/transport.hpp"
#include "simulator/key_cards/authentication_card.hpp"

namespace tongka::simulator {
namespace {

using open_session_answer::number_size;

constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::no_right,
                                     &common::wrong_le};

/// Data: R1 8, a number of the receiver's 8. R2 is that number ⊕ one of the card's own: were it the receiver's alone,
/// whoever has card and PIN could open a transfer that was recorded before.
Reply execute(AuthenticationCard& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (const auto refused = refuse_lengths(command, 2 * number_size, open_session_answer::size))
        return *refused;
    const auto key = card.own_key(key_card::transport_key).value();
    if (!card.allows(key.use))
        return refuse(common::no_right);
    std::array<core::Byte, number_size> number;
    card.fill_random(number);
    for (std::size_t i = 0; i < number_size; ++i)
        number[i] ^= command.data[number_size + i];
    const core::TransportSession session(card.computing_key(key), command.data.first(number_size), number);
    answer.push_back(static_cast<core::Byte>(card.algorithm()));
    for (const core::BytesView part :
         {core::BytesView(number), core::BytesView(session.answer), core::BytesView(session.proof),
          session.encryption.bytes(), session.authentication.bytes()})
        core::append(answer, part);
    return success();
}

} // namespace

const Instruction open_session{"OPEN SESSION", 0x80, 0xF2, {}, on<AuthenticationCard, execute>, reasons};

} // namespace tongka::simulator
