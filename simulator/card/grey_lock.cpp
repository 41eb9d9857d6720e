#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/grey_session.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 19; // terminal serial 4, terminal random 4, date 4, time 3, MAC1 4
constexpr std::size_t answer_size = 8;

constexpr Reason wrong_mac1{0x9302, "MAC1 of the PSAM is wrong", "standards.md 4.2, 5.2"};
constexpr const Reason* reasons[] = {TONGKA_COMPLETION_REASONS, &wrong_mac1};

/// Locks the purse until an unlock, power or not. The GTAC covers balance 4, offline counter 2, TTI, terminal number 6,
/// terminal serial 4, date 4, time 3 (inferred: standards.md 5.2 names TTI and DTK alone).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (auto refused = refuse_completion(card))
        return *refused;

    const PendingTransaction pending = *card.pending();
    const Purse purse = *card.purse(pending.purse);
    const StoredKey key = *card.key(pending.key_type, pending.key_index);
    const auto balance = shown_balance(card, purse, purse.available());
    const auto terminal_serial = command.data.first(4);
    const auto date_time = command.data.subspan(8, 7);
    const core::BytesView type{&pending.transaction_type, 1};
    Lock lock{.state = LockState::locked,
              .transaction_type = pending.transaction_type,
              .balance = static_cast<std::uint32_t>(core::read_big_endian(balance)),
              .counter = purse.counter(Counter::offline),
              .terminal = pending.terminal,
              .key_index = key.id,
              .random = pending.random,
              .unlock_errors = purse.lock().unlock_errors};
    std::ranges::copy(terminal_serial, lock.terminal_serial.begin());
    std::ranges::copy(date_time, lock.date_time.begin());
    std::ranges::copy(command.data.subspan(4, 4), lock.terminal_random.begin());
    std::ranges::copy(terminal_serial.last(2), lock.lock_terminal_serial.begin());

    const core::Cipher session = grey_session(card, key, lock);
    const core::Mac mac1 = core::transaction_mac(session, {type, pending.terminal, date_time});
    if (!core::mac_equals(mac1, command.data.last(4)) && !card.deviates(Deviation::lock_mac1_unchecked)) {
        if (card.rule(core::Rule::wrong_mac1, "dropped"))
            card.pending().reset();
        return refuse(wrong_mac1);
    }
    card.pending().reset();
    const auto counter = core::big_endian(lock.counter, 2);
    const core::Mac mac2 = core::transaction_mac(
        session, {balance, card.deviates(Deviation::lock_mac2_without_counter) ? core::BytesView{} : counter});
    lock.tac = core::transaction_mac(*card.tac_cipher(),
                                     {balance, counter, type, pending.terminal, terminal_serial, date_time});

    Transaction transaction(card.memory());
    if (!card.deviates(Deviation::lock_not_kept))
        purse.set_lock(transaction, lock);
    if (card.rule(core::Rule::grey_lock_counter, "lock"))
        purse.set_counter(transaction, Counter::offline, static_cast<std::uint16_t>(lock.counter + 1));
    if (!transaction.commit())
        return refuse(common::memory_failure);
    core::append(answer, lock.tac);
    core::append(answer, mac2);
    return success();
}

} // namespace

const Instruction grey_lock{"GREY LOCK", 0xE0, 0x7C, 0x08, on<Card, execute>, reasons};

} // namespace tongka::simulator
