#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

// INITIALIZE FOR LOAD and FOR UNLOAD: transactions with the issuer, who answers MAC1 with MAC2 (standards.md 4.2, 5.2).
namespace tongka::simulator {
namespace {

constexpr std::size_t answer_size = 16;

constexpr Reason pin_needed{0x6982, "the profile asks for VERIFY before a load", "standards.md 9 rows 5 and 28"};
constexpr const Reason* reasons[] = {TONGKA_INITIALIZE_REASONS, &pin_needed, &transaction::too_much,
                                     &transaction::insufficient};

Reply initialize(Card& card, const core::Command& command, core::Bytes& answer, State state, KeyType key_type,
                 core::Byte type) {
    if (auto refused = refuse_lengths(command, InitializeData::size, answer_size))
        return *refused;
    const InitializeData data(command.data);
    const auto begun = begin_initialize(card, command.p2, key_type, data.key_index, Counter::online);
    if (begun.refused)
        return *begun.refused;
    const Purse& purse = *begun.purse;
    if (state == State::load) {
        if (card.rule(core::Rule::load_needs_pin, "yes") && card.security().directory == 0 &&
            !card.deviates(Deviation::load_without_pin))
            return refuse(pin_needed);
        const std::uint32_t limit = balance_limit(card) - (card.deviates(Deviation::load_reaches_no_limit) ? 1 : 0);
        if (data.amount > limit - std::min(limit, purse.available()) &&
            !card.deviates(Deviation::balance_limit_ignored))
            return refuse(transaction::too_much);
    } else if (data.amount > purse.available() && !card.deviates(Deviation::unload_beyond_balance)) {
        return refuse(transaction::insufficient);
    }

    const auto& pending = begin_transaction(card, state, type, purse.id(), begun.key, data.amount, data.terminal);
    const auto balance = shown_balance(card, purse, purse.available());
    const core::Mac mac1 = core::transaction_mac(
        card.session(begun.key, online_session_input(card, pending, purse)),
        {card.deviates(Deviation::load_mac1_without_balance) ? core::BytesView{} : core::BytesView(balance),
         data.amount_bytes,
         {&type, 1},
         data.terminal});
    core::append(answer, balance);
    core::append(answer, purse.counter_bytes(Counter::online));
    answer.push_back(begun.key.version());
    answer.push_back(begun.key.fifth);
    core::append(answer, pending.random);
    core::append(answer, mac1);
    return success();
}

Reply execute_load(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0x01 && command.p2 != 0x02)
        return refuse(common::wrong_parameters);
    const bool deposit = command.p2 == 0x01;
    return initialize(card, command, answer, State::load, KeyType::load,
                      deposit ? transaction_type::ed_load : transaction_type::ep_load);
}

/// Only an ED is unloaded (standards.md 4.2).
Reply execute_unload(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0x01)
        return refuse(common::wrong_parameters);
    return initialize(card, command, answer, State::unload, KeyType::unload, transaction_type::unload);
}

} // namespace

const Instruction initialize_for_load{"INITIALIZE FOR LOAD", 0x80, 0x50, 0x00, on<Card, execute_load>, reasons};
const Instruction initialize_for_unload{"INITIALIZE FOR UNLOAD", 0x80, 0x50, 0x05, on<Card, execute_unload>, reasons};

} // namespace tongka::simulator
