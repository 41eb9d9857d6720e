#include "simulator/card/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le};

/// The security authentication identification code, 9 bytes, in any directory (CJ/T 304-2017 8.3.4.1;
/// standards.md 4.1).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, 0, card.security_code().size()))
        return *refused;
    if (card.deviates(Deviation::message_refused_when_blocked) &&
        blocking(card.files(), card.selection().directory) != Blocking::none)
        return refuse(common::application_blocked);
    core::append(answer, card.security_code());
    if (card.deviates(Deviation::message_short))
        answer.pop_back();
    return success();
}

} // namespace

const Instruction get_message{"GET MESSAGE", 0x80, 0xCA, {}, on<Card, execute>, reasons, false, true};

} // namespace tongka::simulator
