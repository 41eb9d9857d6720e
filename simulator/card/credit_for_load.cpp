#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/layout.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 11; // date 4, time 3, MAC2 4
constexpr std::size_t answer_size = 4;

constexpr Reason not_initialized{0x6901, "no INITIALIZE FOR LOAD stands before it", "standards.md 9 row 8"};
constexpr Reason not_initialized_either{0x6985, "no INITIALIZE FOR LOAD stands before it", "standards.md 9 row 8"};
constexpr Reason wrong_mac2{0x9302, "MAC2 of the issuer is wrong", "standards.md 4.2"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc,       &common::wrong_le,
                                     &not_initialized,          &not_initialized_either, &wrong_mac2};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (!card.pending() || card.pending()->transaction_type != transaction_type::ep_load)
        return refuse(card.rule(core::Rule::completion_without_init, "6901") ? not_initialized
                                                                             : not_initialized_either);

    const PendingTransaction pending = *card.pending();
    const Purse purse = *card.electronic_purse();
    const auto amount = core::big_endian(pending.amount, 4);
    const core::BytesView type{&pending.transaction_type, 1};
    const auto date_time = command.data.first(7);
    const core::Mac mac2 = core::transaction_mac(card.session(load_session_input(pending, purse)),
                                                 {amount, type, pending.terminal, date_time});
    card.pending().reset();
    if (!core::mac_equals(mac2, command.data.last(4)) && !card.deviates(Deviation::load_mac2_unchecked))
        return refuse(wrong_mac2);

    const std::uint16_t before = purse.counter(Counter::online);
    const auto after = static_cast<std::uint16_t>(before + 1);
    const std::uint32_t balance = purse.balance() + pending.amount;
    const auto tac_counter = core::big_endian(card.rule(core::Rule::load_tac_counter, "before") ? before : after, 2);
    const core::Mac tac = core::transaction_mac(
        card.tac_cipher(), {core::big_endian(balance, 4), tac_counter, amount, type, pending.terminal, date_time});

    std::uint16_t logged = card.rule(core::Rule::log_counter, "before") ? before : after;
    if (card.deviates(Deviation::log_counter_wrong))
        logged = static_cast<std::uint16_t>(purse.counter(Counter::offline) + 1);
    Transaction transaction(card.memory());
    purse.set_balance(transaction, balance);
    if (!card.deviates(Deviation::online_counter_stuck))
        purse.set_counter(transaction, Counter::online, after);
    purse.set_proof(transaction, Counter::online,
                    {.transaction_type = pending.transaction_type, .counter = before, .mac = mac2, .tac = tac});
    card.log(transaction, load_log, log_record(logged, purse, pending, date_time));
    transaction.commit();

    core::append(answer, tac);
    return success();
}

} // namespace

const Instruction<Card> credit_for_load{"CREDIT FOR LOAD", 0x80, 0x52, {}, execute, reasons};

} // namespace tongka::simulator
