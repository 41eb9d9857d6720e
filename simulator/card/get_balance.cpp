#include "simulator/card/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte electronic_deposit = 0x01;
constexpr core::Byte electronic_purse = 0x02;

constexpr Reason no_purse{0x6A82, "there is no such purse in the current application", "standards.md 4.2"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &no_purse};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 != 0 || (command.p2 != electronic_deposit && command.p2 != electronic_purse))
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, 0, 4))
        return *refused;
    const auto purse = card.electronic_purse();
    if (!purse || command.p2 != electronic_purse)
        return refuse(no_purse);
    core::append(answer, purse->balance_bytes());
    return success();
}

} // namespace

const Instruction<Card> get_balance{"GET BALANCE", 0x80, 0x5C, {}, execute, reasons};

} // namespace tongka::simulator
