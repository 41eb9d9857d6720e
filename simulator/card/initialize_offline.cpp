#include <algorithm>

#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

// INITIALIZE FOR PURCHASE, CASH WITHDRAW and CAPP PURCHASE: transactions at a terminal with a PSAM (standards.md 4.2).
namespace tongka::simulator {
namespace {

constexpr const Reason* reasons[] = {TONGKA_INITIALIZE_REASONS, &transaction::insufficient};

bool exceeds(const Card& card, std::uint32_t amount, std::uint32_t available) {
    if (card.deviates(Deviation::debit_beyond_balance))
        return false;
    if (card.deviates(Deviation::purchase_signed_amount))
        return static_cast<std::int32_t>(amount) > static_cast<std::int32_t>(available);
    if (card.deviates(Deviation::purchase_of_whole_balance_refused) && amount != 0)
        return amount >= available;
    return amount > available || (amount == 0 && card.deviates(Deviation::purchase_of_nothing_refused));
}

Reply initialize(Card& card, const core::Command& command, core::Bytes& answer, State state, core::Byte type) {
    const bool overdraft = card.rule(core::Rule::purchase_init_overdraft, "yes");
    if (auto refused = refuse_lengths(command, InitializeData::size, overdraft ? 15 : 12))
        return *refused;
    const InitializeData data(command.data);
    const auto begun = begin_initialize(card, command.p2, KeyType::purchase, data.key_index, Counter::offline);
    if (begun.refused)
        return *begun.refused;
    const Purse& purse = *begun.purse;
    if (card.rule(core::Rule::insufficient_balance, "init") && exceeds(card, data.amount, purse.available()))
        return refuse(transaction::insufficient);

    const auto& pending = begin_transaction(card, state, type, purse.id(), begun.key, data.amount, data.terminal);
    const auto spent = card.deviates(Deviation::initialize_tells_balance_after) ? data.amount : 0;
    core::append(answer, shown_balance(card, purse, purse.available() - std::min(spent, purse.available())));
    const bool online = state == State::composite && card.deviates(Deviation::composite_tells_online_counter);
    core::append(answer, purse.counter_bytes(online ? Counter::online : Counter::offline));
    if (overdraft)
        core::append(answer, purse.overdraft_limit());
    answer.push_back(begun.key.version());
    answer.push_back(begun.key.fifth);
    core::append(answer, pending.random);
    return success();
}

Reply execute_purchase(Card& card, const core::Command& command, core::Bytes& answer) {
    using namespace transaction_type;
    if (command.p2 != 0x01 && command.p2 != 0x02)
        return refuse(common::wrong_parameters);
    return initialize(card, command, answer, State::purchase, command.p2 == 0x01 ? ed_purchase : ep_purchase);
}

/// From an ED alone (standards.md 4.2).
Reply execute_cash_withdrawal(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0x01)
        return refuse(common::wrong_parameters);
    return initialize(card, command, answer, State::cash_withdrawal, transaction_type::cash_withdrawal);
}

Reply execute_composite(Card& card, const core::Command& command, core::Bytes& answer) {
    using namespace transaction_type;
    if (command.p2 != 0x01 && command.p2 != 0x02)
        return refuse(common::wrong_parameters);
    return initialize(card, command, answer, State::composite, command.p2 == 0x01 ? ed_composite : ep_composite);
}

} // namespace

const Instruction initialize_for_purchase{"INITIALIZE FOR PURCHASE",  0x80,   0x50, 0x01,
                                          on<Card, execute_purchase>, reasons};
const Instruction initialize_for_cash_withdrawal{"INITIALIZE FOR CASH WITHDRAW",    0x80,   0x50, 0x02,
                                                 on<Card, execute_cash_withdrawal>, reasons};
const Instruction initialize_for_composite{"INITIALIZE FOR CAPP PURCHASE", 0x80,   0x50, 0x03,
                                           on<Card, execute_composite>,    reasons};

} // namespace tongka::simulator
