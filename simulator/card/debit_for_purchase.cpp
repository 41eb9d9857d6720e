#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/layout.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 15; // terminal serial 4, date 4, time 3, MAC1 4
constexpr std::size_t answer_size = 8;

constexpr Reason not_initialized{0x6901, "no INITIALIZE FOR PURCHASE stands before it", "standards.md 9 row 8"};
constexpr Reason not_initialized_either{0x6985, "no INITIALIZE FOR PURCHASE stands before it", "standards.md 9 row 8"};
constexpr Reason wrong_mac1{0x9302, "MAC1 of the PSAM is wrong", "standards.md 4.2"};
constexpr Reason insufficient{0x9401, "the balance is smaller than the amount", "standards.md 9 row 6"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &not_initialized,
                                     &not_initialized_either,   &wrong_mac1,       &insufficient};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (!card.pending() || card.pending()->transaction_type != transaction_type::ep_purchase)
        return refuse(card.rule(core::Rule::completion_without_init, "6901") ? not_initialized
                                                                             : not_initialized_either);

    const PendingTransaction pending = *card.pending();
    const Purse purse = *card.electronic_purse();
    std::array<core::Byte, 4> amount{};
    core::write_big_endian(amount, pending.amount);
    const core::BytesView type{&pending.transaction_type, 1};
    const auto terminal_serial = command.data.first(4);
    const auto date_time = command.data.subspan(4, 7);

    // Session key input: random 4, offline counter 2, right two bytes of the terminal's serial (standards.md 5.1).
    std::array<core::Byte, 8> input{};
    std::ranges::copy(pending.random, input.begin());
    std::ranges::copy(purse.counter_bytes(Counter::offline), input.begin() + 4);
    std::ranges::copy(terminal_serial.last(2), input.begin() + 6);
    const core::Cipher& session = card.session(input);
    const core::Mac mac1 = core::transaction_mac(session, {amount, type, pending.terminal, date_time});
    if (!core::mac_equals(mac1, command.data.last(4)) && !card.deviates(Deviation::purchase_mac1_unchecked)) {
        if (card.rule(core::Rule::wrong_mac1, "dropped"))
            card.pending().reset();
        return refuse(wrong_mac1);
    }
    card.pending().reset();
    if (pending.amount > purse.balance() && !card.deviates(Deviation::debit_beyond_balance))
        return refuse(insufficient);

    const std::uint16_t before = purse.counter(Counter::offline);
    const auto after = static_cast<std::uint16_t>(before + 1);
    const std::uint32_t balance = purse.balance() - pending.amount;
    const core::Mac mac2 = card.deviates(Deviation::purchase_mac2_over_balance)
                               ? core::transaction_mac(session, {core::big_endian(balance, 4)})
                               : core::transaction_mac(session, {amount});
    const core::BytesView tac_terminal =
        card.deviates(Deviation::tac_without_terminal) ? core::BytesView{} : core::BytesView(pending.terminal);
    const core::Mac tac =
        core::transaction_mac(card.tac_cipher(), {amount, type, tac_terminal, terminal_serial, date_time});

    std::uint16_t logged = card.rule(core::Rule::log_counter, "before") ? before : after;
    if (card.deviates(Deviation::log_counter_wrong))
        logged = static_cast<std::uint16_t>(purse.counter(Counter::online) + 1);

    Transaction transaction(card.memory());
    if (!card.deviates(Deviation::balance_not_debited))
        purse.set_balance(transaction, balance);
    if (!card.deviates(Deviation::offline_counter_stuck))
        purse.set_counter(transaction, Counter::offline, after);
    purse.set_proof(transaction, Counter::offline,
                    {.transaction_type = pending.transaction_type, .counter = before, .mac = mac2, .tac = tac});
    card.log(transaction, purchase_log, log_record(logged, purse, pending, date_time));
    transaction.commit();

    core::append(answer, tac);
    core::append(answer, mac2);
    return success();
}

} // namespace

const Instruction<Card> debit_for_purchase{"DEBIT FOR PURCHASE", 0x80, 0x54, 0x01, execute, reasons};

} // namespace tongka::simulator
