#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte electronic_deposit = 0x01;
constexpr core::Byte electronic_purse = 0x02;

constexpr Reason no_purse{0x6A82, "there is no such purse in the current application", "standards.md 4.2"};
constexpr Reason unknown_key{0x9403, "the card has no purchase key with this index", "standards.md 4.2, 12"};
constexpr Reason insufficient{0x9401, "the balance is smaller than the amount", "standards.md 9 row 6"};
constexpr Reason counter_at_end{0x9402, "the offline transaction counter is at its maximum", "standards.md 4"};
constexpr const Reason* reasons[] = {&common::wrong_parameters,
                                     &common::wrong_lc,
                                     &common::wrong_le,
                                     &no_purse,
                                     &unknown_key,
                                     &insufficient,
                                     &counter_at_end};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != electronic_purse)
        return refuse(command.p2 == electronic_deposit ? no_purse : common::wrong_parameters);
    const bool overdraft = card.rule(core::Rule::purchase_init_overdraft, "yes");
    if (auto refused = refuse_lengths(command, InitializeData::size, overdraft ? 15 : 12))
        return *refused;
    const auto purse = card.electronic_purse();
    if (!purse)
        return refuse(no_purse);
    // The key index is looked at before the balance (standards.md 12, ETC purchase text).
    const InitializeData data(command.data);
    const CardKey* key = card.purchase_key(data.key_index);
    if (!key)
        return refuse(unknown_key);
    if (card.rule(core::Rule::insufficient_balance, "init") && data.amount > purse->balance() &&
        !card.deviates(Deviation::debit_beyond_balance))
        return refuse(insufficient);
    if (purse->counter(Counter::offline) == Purse::counter_end)
        return refuse(counter_at_end);

    const auto& pending = begin_transaction(card, transaction_type::ep_purchase, data, *key);
    core::append(answer, purse->balance_bytes());
    core::append(answer, purse->counter_bytes(Counter::offline));
    if (overdraft)
        core::append(answer, purse->overdraft_limit());
    answer.push_back(key->version);
    answer.push_back(static_cast<core::Byte>(key->cipher.algorithm()));
    core::append(answer, pending.random);
    return success();
}

} // namespace

const Instruction<Card> initialize_for_purchase{"INITIALIZE FOR PURCHASE", 0x80, 0x50, 0x01, execute, reasons};

} // namespace tongka::simulator
