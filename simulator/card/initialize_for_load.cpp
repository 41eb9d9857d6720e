#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte electronic_purse = 0x02;
constexpr std::size_t answer_size = 16;

constexpr Reason no_purse{0x6A81, "there is no such purse in the current application", "standards.md 4.2"};
constexpr Reason pin_needed{0x6982, "the profile asks for VERIFY before a load", "standards.md 9 rows 5 and 28"};
constexpr Reason unknown_key{0x9403, "the card has no load key with this index", "standards.md 4.2"};
constexpr Reason counter_at_end{0x9402, "the online transaction counter is at its maximum", "standards.md 4.2"};
constexpr Reason too_much{0x6985, "the load would take the balance over its limit", "standards.md 9 row 24"};
constexpr const Reason* reasons[] = {
    &common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &no_purse, &pin_needed, &unknown_key,
    &counter_at_end,           &too_much};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != electronic_purse)
        return refuse(command.p2 == 0x01 ? no_purse : common::wrong_parameters);
    if (auto refused = refuse_lengths(command, InitializeData::size, answer_size))
        return *refused;
    const auto purse = card.electronic_purse();
    if (!purse)
        return refuse(no_purse);
    if (card.rule(core::Rule::load_needs_pin, "yes") && !card.pin().verified)
        return refuse(pin_needed);
    const InitializeData data(command.data);
    const CardKey* key = card.load_key(data.key_index);
    if (!key)
        return refuse(unknown_key);
    if (purse->counter(Counter::online) == Purse::counter_end)
        return refuse(counter_at_end);
    if (data.amount > Purse::largest_balance - purse->balance())
        return refuse(too_much);

    const auto& pending = begin_transaction(card, transaction_type::ep_load, data, *key);
    const core::Mac mac1 = core::transaction_mac(
        card.session(load_session_input(pending, *purse)),
        {purse->balance_bytes(), data.amount_bytes, {&pending.transaction_type, 1}, data.terminal});

    core::append(answer, purse->balance_bytes());
    core::append(answer, purse->counter_bytes(Counter::online));
    answer.push_back(key->version);
    answer.push_back(static_cast<core::Byte>(key->cipher.algorithm()));
    core::append(answer, pending.random);
    core::append(answer, mac1);
    return success();
}

} // namespace

const Instruction<Card> initialize_for_load{"INITIALIZE FOR LOAD", 0x80, 0x50, 0x00, execute, reasons};

} // namespace tongka::simulator
