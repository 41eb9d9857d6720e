#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason no_purse{0x6A82, "there is no such purse in the current application", "standards.md 4.2"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &no_purse,
                                     &common::no_right};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 != 0 || (command.p2 != 0x01 && command.p2 != 0x02))
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, 0, 4))
        return *refused;
    const bool other = card.deviates(Deviation::balance_of_other_purse);
    const auto purse = card.purse(other ? PurseId::purse : static_cast<PurseId>(command.p2));
    if (!purse)
        return refuse(no_purse);
    const bool asks_more = card.deviates(Deviation::balance_without_state_refused) && card.security().directory == 0;
    if (!card.allows(card.purse_right(purse->id())) || asks_more)
        return refuse(common::no_right);
    core::append(answer, shown_balance(card, *purse, purse->available()));
    return success();
}

} // namespace

const Instruction get_balance{"GET BALANCE", 0x80, 0x5C, {}, on<Card, execute>, reasons};

} // namespace tongka::simulator
