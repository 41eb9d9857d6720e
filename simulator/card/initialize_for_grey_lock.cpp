#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 7; // key index 1, terminal number 6

constexpr Reason tac_unread{0x6985, "the TAC of the last unlock has not been read (TACUF)",
                            "standards.md 1.1, 4.2; the rule tac-unread says that this is inferred"};
constexpr const Reason* reasons[] = {TONGKA_INITIALIZE_REASONS, &tac_unread};

/// The answer is that of INITIALIZE FOR PURCHASE (standards.md 4.2), and leaves the overdraft limit out by the same
/// rule.
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    using namespace transaction_type;
    if (command.p2 != 0x01 && command.p2 != 0x02)
        return refuse(common::wrong_parameters);
    const bool overdraft = card.rule(core::Rule::purchase_init_overdraft, "yes");
    if (auto refused = refuse_lengths(command, data_size, overdraft ? 15 : 12))
        return *refused;
    const auto begun = begin_initialize(card, command.p2, KeyType::purchase, command.data[0], Counter::offline);
    if (begun.refused)
        return *begun.refused;
    const Purse& purse = *begun.purse;
    if (purse.lock_state() == LockState::tac_unread &&
        (card.rule(core::Rule::tac_unread, "blocks") || card.deviates(Deviation::unread_tac_blocks)))
        return refuse(tac_unread);

    const auto& pending = begin_transaction(card, State::grey_lock, command.p2 == 0x01 ? ed_grey_lock : ep_grey_lock,
                                            purse.id(), begun.key, 0, command.data.subspan(1, 6));
    core::append(answer, shown_balance(card, purse, purse.available()));
    if (card.deviates(Deviation::lock_init_balance_reversed))
        std::ranges::reverse(answer);
    core::append(answer, purse.counter_bytes(Counter::offline));
    if (overdraft)
        core::append(answer, purse.overdraft_limit());
    answer.push_back(begun.key.version());
    answer.push_back(begun.key.fifth);
    core::append(answer, pending.random);
    return success();
}

} // namespace

const Instruction initialize_for_grey_lock{"INITIALIZE FOR GREY LOCK", 0xE0, 0x7A, 0x08, on<Card, execute>, reasons};

} // namespace tongka::simulator
