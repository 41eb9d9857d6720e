#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 15; // terminal serial 4, date 4, time 3, MAC1 4
constexpr std::size_t answer_size = 8;
constexpr std::size_t state_only_offset = 4; // of a composite record (standards.md 3.3)

constexpr Reason wrong_mac1{0x9302, "MAC1 of the PSAM is wrong", "standards.md 4.2"};
constexpr const Reason* reasons[] = {TONGKA_COMPLETION_REASONS, &wrong_mac1, &transaction::insufficient};

/// Session key input: random 4, offline counter 2, right two bytes of the terminal's serial (standards.md 5.1).
std::array<core::Byte, 8> session_input(const Card& card, const PendingTransaction& pending, const Purse& purse,
                                        core::BytesView terminal_serial) {
    std::array<core::Byte, 8> input{};
    std::ranges::copy(pending.random, input.begin());
    std::ranges::copy(purse.counter_bytes(Counter::offline), input.begin() + 4);
    const bool left = card.deviates(Deviation::session_terminal_serial_left);
    std::ranges::copy(left ? terminal_serial.first(2) : terminal_serial.last(2), input.begin() + 6);
    if (card.deviates(Deviation::session_counter_reversed))
        std::swap(input[4], input[5]);
    return input;
}

/// Whether the staged composite record asks for neither debit nor log.
bool is_state_only(Card& card, const PendingTransaction& pending) {
    return pending.state == State::composite && card.rule(core::Rule::composite_state_only, "by-record-byte") &&
           !card.composite_cache().empty() && card.composite_cache().front().size() > state_only_offset &&
           card.composite_cache().front()[state_only_offset] != 0;
}

bool parameters_fit(Card& card, const core::Command& command) {
    if (command.p2 != 0)
        return false;
    const auto& pending = card.pending();
    const bool simple = !pending || (pending->state != State::composite && pending->state != State::cash_withdrawal);
    const bool wants_two = simple && card.rule(core::Rule::purchase_debit_p1, "02");
    return command.p1 == (wants_two ? 0x02 : 0x01);
}

/// Completes a purchase, a cash withdrawal or a composite purchase with all that was staged for it.
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (!parameters_fit(card, command))
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (auto refused = refuse_completion(card))
        return *refused;

    const PendingTransaction pending = *card.pending();
    const Purse purse = *card.purse(pending.purse);
    const StoredKey key = *card.key(pending.key_type, pending.key_index);
    std::array<core::Byte, 4> amount{};
    core::write_big_endian(amount, pending.amount);
    const core::BytesView type{&pending.transaction_type, 1};
    const auto terminal_serial = command.data.first(4);
    const auto date_time = command.data.subspan(4, 7);
    const bool with_code = pending.state == State::composite && card.rule(core::Rule::composite_mac1_code, "with");

    const core::Cipher& session = card.session(key, session_input(card, pending, purse, terminal_serial));
    const core::BytesView mac1_date =
        card.deviates(Deviation::purchase_mac1_without_date) ? core::BytesView{} : date_time;
    const core::Mac mac1 = core::transaction_mac(
        session, {amount, type, pending.terminal, mac1_date, with_code ? card.security_code() : core::BytesView{}});
    const std::size_t compared = card.deviates(Deviation::mac1_half_compared) ? 2 : 4;
    if (!core::equal(core::BytesView(mac1).first(compared), command.data.last(4).first(compared)) &&
        !card.deviates(Deviation::purchase_mac1_unchecked)) {
        if (card.rule(core::Rule::wrong_mac1, "dropped"))
            card.pending().reset();
        if (card.deviates(Deviation::failed_purchase_counts)) {
            Transaction transaction(card.memory());
            purse.set_counter(transaction, Counter::offline,
                              static_cast<std::uint16_t>(purse.counter(Counter::offline) + 1));
            (void)transaction.commit();
        }
        if (card.deviates(Deviation::refused_debit_forgets_proof))
            forget_proof(card, purse, Counter::offline);
        return refuse(wrong_mac1);
    }
    const bool state_only = is_state_only(card, pending);
    card.pending().reset();
    if (!state_only && pending.amount > purse.available() && !card.deviates(Deviation::debit_beyond_balance))
        return refuse(transaction::insufficient);

    const std::uint16_t before = purse.counter(Counter::offline);
    const std::uint32_t available = purse.available() - (state_only ? 0 : pending.amount);
    const core::Mac mac2 = card.deviates(Deviation::purchase_mac2_over_balance)
                               ? core::transaction_mac(session, {core::big_endian(available, 4)})
                               : core::transaction_mac(session, {amount});
    const core::BytesView tac_terminal =
        card.deviates(Deviation::tac_without_terminal) ? core::BytesView{} : core::BytesView(pending.terminal);
    const core::BytesView tac_type =
        card.deviates(Deviation::composite_tac_of_purchase) ? core::BytesView(&transaction_type::ep_purchase, 1) : type;
    const core::BytesView tac_date = card.deviates(Deviation::tac_without_date) ? core::BytesView{} : date_time;
    std::array<core::Byte, 4> tac_amount = amount;
    if (card.deviates(Deviation::tac_of_small_amounts))
        tac_amount[0] = tac_amount[1] = 0;
    const core::Mac tac =
        core::transaction_mac(*card.tac_cipher(), {tac_amount, tac_type, tac_terminal, terminal_serial, tac_date});
    const Proof proof{.transaction_type = pending.transaction_type, .counter = before, .mac = mac2, .tac = tac};
    const LogEntry entry{.counter = Counter::offline,
                         .before = before,
                         .type = card.deviates(Deviation::composite_logged_as_purchase) ? transaction_type::ep_purchase
                                                                                        : pending.transaction_type,
                         .amount = pending.amount,
                         .terminal = pending.terminal,
                         .date_time = date_time,
                         .balance_after = available,
                         .tac = tac};
    const bool apart = !state_only && write_apart(card, purse, proof, entry);
    if (card.deviates(Deviation::composite_record_apart)) {
        Transaction own(card.memory());
        card.composite_cache().write(own, card.files());
        (void)own.commit();
        card.composite_cache().clear();
    }
    if (card.deviates(Deviation::purchase_forgets_load))
        forget_proof(card, purse, Counter::online);

    Transaction transaction(card.memory());
    if (!card.deviates(Deviation::balance_not_debited))
        purse.set_available(transaction, available);
    if (!card.deviates(Deviation::offline_counter_stuck))
        purse.set_counter(transaction, Counter::offline, static_cast<std::uint16_t>(before + 1));
    if (pending.amount != 0 || !card.deviates(Deviation::purchase_of_nothing_unproved))
        purse.set_proof(transaction, Counter::offline, proof);
    if (!card.deviates(Deviation::composite_record_lost))
        card.composite_cache().write(transaction, card.files());
    if (!state_only && !apart)
        log_transaction(card, transaction, purse, entry);
    card.composite_cache().clear();
    if (!transaction.commit())
        return refuse(common::memory_failure);
    core::append(answer, tac);
    core::append(answer, mac2);
    return success();
}

} // namespace

const Instruction debit_for_purchase{"DEBIT FOR PURCHASE/CASH WITHDRAW", 0x80, 0x54, {}, on<Card, execute>, reasons};

} // namespace tongka::simulator
