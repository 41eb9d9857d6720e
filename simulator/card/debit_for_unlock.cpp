#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/grey_session.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t answer_size = 4;
constexpr unsigned most_errors = 3;

constexpr Reason wrong_counter{0x9406, "the offline counter is not that of the lock", "CJ/T 304-2017 8.4.8.12"};
constexpr Reason insufficient{0x9401, "the balance is smaller than the amount", "CJ/T 304-2017 8.4.8.12"};
constexpr Reason wrong_gmac{0x9302, "GMAC of the PSAM is wrong", "CJ/T 304-2017 8.4.8.13"};
constexpr const Reason* reasons[] = {&common::wrong_parameters,
                                     &common::wrong_lc,
                                     &common::wrong_le,
                                     &common::memory_failure,
                                     &transaction::no_purse,
                                     &transaction::not_locked,
                                     &transaction::unknown_key,
                                     &transaction::no_tac_key,
                                     &wrong_counter,
                                     &insufficient,
                                     &wrong_gmac};

/// The data field.
struct UnlockData {
    static constexpr std::size_t size = 27;

    std::uint32_t amount;
    core::BytesView amount_bytes;
    std::uint16_t counter;
    core::BytesView terminal;
    core::BytesView terminal_serial;
    core::BytesView date_time;
    core::BytesView gmac;

    explicit UnlockData(core::BytesView data)
        : amount(static_cast<std::uint32_t>(core::read_big_endian(data.first(4)))), amount_bytes(data.first(4)),
          counter(static_cast<std::uint16_t>(core::read_big_endian(data.subspan(4, 2)))), terminal(data.subspan(6, 6)),
          terminal_serial(data.subspan(12, 4)), date_time(data.subspan(16, 7)), gmac(data.last(4)) {}
};

void set_block(Card& card, Transaction& transaction, Blocking state) {
    set_blocking(transaction, card.files(), card.selection().directory, state);
}

/// One more error, and with the third one the application blocked, before the GMAC is looked at: a power cut gives no
/// try back. `unlock` takes both away again where the GMAC was right.
bool count_error(Card& card, const Purse& purse, unsigned errors) {
    Transaction transaction(card.memory());
    purse.set_unlock_errors(transaction, static_cast<std::uint8_t>(errors));
    if (errors >= most_errors && !card.deviates(Deviation::unlock_errors_never_block))
        set_block(card, transaction, Blocking::temporary);
    return transaction.commit();
}

/// CJ/T 304-2017 8.4.8.14: debit, lock state, TACUF, TAC, log. GET TRANSACTION PROVE gives the GMAC and the TAC again
/// (inferred), under the counter that the lock was made with.
Reply unlock(Card& card, const Purse& purse, const Lock& lock, const UnlockData& data, core::Bytes& answer) {
    using namespace transaction_type;
    const core::Byte type =
        card.rule(core::Rule::unlock_type, "93") || purse.id() == PurseId::deposit ? ed_unlock : ep_unlock;
    const std::uint32_t available = purse.available() - std::min(data.amount, purse.available());
    const core::BytesView tac_terminal =
        card.deviates(Deviation::unlock_tac_of_lock_terminal) ? core::BytesView(lock.terminal) : data.terminal;
    const core::Mac tac = core::transaction_mac(
        *card.tac_cipher(), {data.amount_bytes, {&type, 1}, tac_terminal, data.terminal_serial, data.date_time});
    Lock after{.state = card.deviates(Deviation::tacuf_not_set) ? LockState::none : LockState::tac_unread,
               .transaction_type = type,
               .balance = static_cast<std::uint32_t>(core::read_big_endian(shown_balance(card, purse, available))),
               .counter = lock.counter,
               .tac = tac,
               .unlock_errors = purse.lock().unlock_errors};
    if (!card.deviates(Deviation::unlock_errors_kept))
        after.unlock_errors = 0;
    std::ranges::copy(data.terminal, after.terminal.begin());
    std::ranges::copy(data.terminal_serial, after.terminal_serial.begin());
    std::ranges::copy(data.date_time, after.date_time.begin());

    if (card.deviates(Deviation::unlock_written_apart)) {
        Transaction balance(card.memory());
        purse.set_available(balance, available);
        if (!balance.commit())
            return refuse(common::memory_failure);
    }
    Transaction transaction(card.memory());
    if (!card.deviates(Deviation::unlock_not_debited))
        purse.set_available(transaction, available);
    if (card.rule(core::Rule::grey_lock_counter, "unlock") && !card.deviates(Deviation::unlock_not_counted))
        purse.set_counter(transaction, Counter::offline, static_cast<std::uint16_t>(lock.counter + 1));
    if (!card.deviates(Deviation::unlock_leaves_lock))
        purse.set_lock(transaction, after);
    if (blocking(card.files(), card.selection().directory) == Blocking::temporary)
        set_block(card, transaction, Blocking::none);
    core::Mac gmac{};
    std::ranges::copy(data.gmac, gmac.begin());
    purse.set_proof(transaction, Counter::offline,
                    {.transaction_type = type, .counter = lock.counter, .mac = gmac, .tac = tac});
    if (!card.deviates(Deviation::unlock_not_logged))
        log_transaction(card, transaction, purse,
                        {.counter = Counter::offline,
                         .before = lock.counter,
                         .type = type,
                         .amount = data.amount,
                         .terminal = data.terminal,
                         .date_time = data.date_time,
                         .balance_after = available,
                         .tac = tac});
    if (!transaction.commit())
        return refuse(common::memory_failure);
    card.pending().reset();
    core::append(answer, tac);
    return success();
}

/// In the order of CJ/T 304-2017 8.4.8.12 to 8.4.8.14. It asks for no INITIALIZE and for no access right: the terminal
/// may be another one, and the power gone since the lock. The counter is that of the lock, which the card's own still
/// is unless the rule grey-lock-counter has it count at GREY LOCK.
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0x01 && command.p2 != 0x02)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, UnlockData::size, answer_size))
        return *refused;
    const auto purse = card.purse(static_cast<PurseId>(command.p2));
    if (!purse)
        return refuse(transaction::no_purse);
    if (!card.admitted())
        return refuse(transaction::not_locked);
    const Lock lock = purse->lock();
    const auto key = card.key(KeyType::purchase, lock.key_index);
    if (!key)
        return refuse(transaction::unknown_key);
    if (!card.tac_cipher())
        return refuse(transaction::no_tac_key);

    const UnlockData data(command.data);
    const unsigned errors = lock.unlock_errors + 1U;
    if (card.deviates(Deviation::unlock_refusal_counts) && !count_error(card, *purse, errors))
        return refuse(common::memory_failure);
    if (data.counter != lock.counter && !card.deviates(Deviation::unlock_ignores_counter))
        return refuse(wrong_counter);
    if (data.amount > purse->available() && !card.deviates(Deviation::unlock_beyond_balance))
        return refuse(insufficient);
    if (!count_error(card, *purse, errors))
        return refuse(common::memory_failure);
    const core::Mac gmac = core::transaction_mac(grey_session(card, *key, lock), {data.amount_bytes});
    if (!core::mac_equals(gmac, data.gmac) && !card.deviates(Deviation::gmac_unchecked))
        return refuse(wrong_gmac);
    return unlock(card, *purse, lock, data, answer);
}

} // namespace

const Instruction debit_for_unlock{"DEBIT FOR UNLOCK", 0xE0, 0x7E, 0x08, on<Card, execute>, reasons};

} // namespace tongka::simulator
