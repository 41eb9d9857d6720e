#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 15; // amount 4, date 4, time 3, MAC2 4
constexpr std::size_t answer_size = 4;

constexpr Reason wrong_mac2{0x9302, "MAC2 of the issuer is wrong", "standards.md 4.2; inferred from CREDIT FOR LOAD"};
constexpr const Reason* reasons[] = {TONGKA_COMPLETION_REASONS, &wrong_mac2, &transaction::insufficient};

/// Takes the lock away and debits what the issuer found was due, counted on line. MAC2 covers amount 4, TTI, terminal
/// number 6, date 4, time 3; the TAC new balance 4, online counter 2, amount 4, TTI, terminal number 6, date 4, time 3:
/// both inferred from the load, as are the counter in the TAC and the proof. TACUF stays clear: CJ/T 304-2017 8.4.8.14
/// tells of it at DEBIT FOR UNLOCK alone.
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (auto refused = refuse_completion(card))
        return *refused;

    const PendingTransaction pending = *card.pending();
    card.pending().reset();
    const Purse purse = *card.purse(pending.purse);
    const StoredKey key = *card.key(pending.key_type, pending.key_index);
    const auto amount_bytes = command.data.first(4);
    const auto amount = static_cast<std::uint32_t>(core::read_big_endian(amount_bytes));
    const core::BytesView type{&pending.transaction_type, 1};
    const auto date_time = command.data.subspan(4, 7);
    const core::Mac mac2 = core::transaction_mac(card.session(key, online_session_input(card, pending, purse)),
                                                 {amount_bytes, type, pending.terminal, date_time});
    if (!core::mac_equals(mac2, command.data.last(4)) && !card.deviates(Deviation::online_unlock_mac2_unchecked))
        return refuse(wrong_mac2);
    if (amount > purse.available())
        return refuse(transaction::insufficient);

    const std::uint16_t before = purse.counter(Counter::online);
    const auto after = static_cast<std::uint16_t>(before + 1);
    const std::uint32_t available = purse.available() - amount;
    const auto shown = shown_balance(card, purse, available);
    const auto tac_counter = core::big_endian(card.rule(core::Rule::load_tac_counter, "before") ? before : after, 2);
    const core::Mac tac = core::transaction_mac(*card.tac_cipher(),
                                                {shown, tac_counter, amount_bytes, type, pending.terminal, date_time});
    const core::Mac proved = card.rule(core::Rule::prove_load_mac, "mac2") ? mac2 : core::Mac{};
    const Lock locked = purse.lock();
    Lock lock{.state = LockState::none,
              .transaction_type = pending.transaction_type,
              .balance = static_cast<std::uint32_t>(core::read_big_endian(shown)),
              .counter = locked.counter,
              .terminal = pending.terminal,
              .tac = tac,
              .unlock_errors = locked.unlock_errors};
    std::ranges::copy(date_time, lock.date_time.begin());

    Transaction transaction(card.memory());
    purse.set_available(transaction, available);
    if (!card.deviates(Deviation::online_unlock_not_counted))
        purse.set_counter(transaction, Counter::online, after);
    purse.set_lock(transaction, lock);
    purse.set_proof(transaction, Counter::online,
                    {.transaction_type = pending.transaction_type, .counter = before, .mac = proved, .tac = tac});
    log_transaction(card, transaction, purse,
                    {.counter = Counter::online,
                     .before = before,
                     .type = pending.transaction_type,
                     .amount = amount,
                     .terminal = pending.terminal,
                     .date_time = date_time,
                     .balance_after = available,
                     .tac = tac});
    if (!transaction.commit())
        return refuse(common::memory_failure);
    core::append(answer, tac);
    return success();
}

} // namespace

// Terminals send 7E, the manual prints 7C (standards.md 4.2).
const Instruction grey_unlock{"GREY UNLOCK", 0xE0, 0x7E, 0x09, on<Card, execute>, reasons};
const Instruction grey_unlock_as_printed{"GREY UNLOCK", 0xE0, 0x7C, 0x09, on<Card, execute>, reasons};

} // namespace tongka::simulator
