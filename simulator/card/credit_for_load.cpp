#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 11; // date 4, time 3, MAC2 4
constexpr std::size_t answer_size = 4;

constexpr Reason wrong_mac2{0x9302, "MAC2 of the issuer is wrong", "standards.md 4.2"};
constexpr const Reason* reasons[] = {TONGKA_COMPLETION_REASONS, &wrong_mac2};

Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (auto refused = refuse_completion(card))
        return *refused;

    const PendingTransaction pending = *card.pending();
    const Purse purse = *card.purse(pending.purse);
    const StoredKey key = *card.key(pending.key_type, pending.key_index);
    const auto amount = core::big_endian(pending.amount, 4);
    const core::BytesView type{&pending.transaction_type, 1};
    const auto date_time = command.data.first(7);
    const core::Mac mac2 = core::transaction_mac(card.session(key, online_session_input(card, pending, purse)),
                                                 {amount, type, pending.terminal, date_time});
    if (!card.deviates(Deviation::load_works_twice))
        card.pending().reset();
    if (!core::mac_equals(mac2, command.data.last(4)) && !card.deviates(Deviation::load_mac2_unchecked))
        return refuse(wrong_mac2);

    const std::uint16_t before = purse.counter(Counter::online);
    const auto after = static_cast<std::uint16_t>(before + 1);
    const std::uint32_t available = purse.available() + pending.amount;
    const auto tac_counter = core::big_endian(card.rule(core::Rule::load_tac_counter, "before") ? before : after, 2);
    const std::uint32_t tac_balance =
        card.deviates(Deviation::load_tac_over_old_balance) ? purse.available() : available;
    const core::Mac tac =
        core::transaction_mac(*card.tac_cipher(), {shown_balance(card, purse, tac_balance), tac_counter, amount, type,
                                                   pending.terminal, date_time});
    const core::Mac proved = card.rule(core::Rule::prove_load_mac, "mac2") ? mac2 : core::Mac{};

    const Proof proof{.transaction_type = pending.transaction_type, .counter = before, .mac = proved, .tac = tac};
    const LogEntry entry{.counter = Counter::online,
                         .before = before,
                         .type = pending.transaction_type,
                         .amount = pending.amount,
                         .terminal = pending.terminal,
                         .date_time = date_time,
                         .balance_after = available,
                         .tac = tac};
    const bool apart = write_apart(card, purse, proof, entry);

    Transaction transaction(card.memory());
    purse.set_available(transaction, available);
    if (card.deviates(Deviation::load_counts_offline))
        purse.set_counter(transaction, Counter::offline,
                          static_cast<std::uint16_t>(purse.counter(Counter::offline) + 1));
    if (!card.deviates(Deviation::online_counter_stuck))
        purse.set_counter(transaction, Counter::online, after);
    purse.set_proof(transaction, Counter::online, proof);
    if (!apart)
        log_transaction(card, transaction, purse, entry);
    if (!transaction.commit())
        return refuse(common::memory_failure);
    core::append(answer, tac);
    return success();
}

} // namespace

const Instruction credit_for_load{"CREDIT FOR LOAD", 0x80, 0x52, {}, on<Card, execute>, reasons};

} // namespace tongka::simulator
