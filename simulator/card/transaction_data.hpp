#pragma once

#include "simulator/card/card.hpp"

/// What the commands of transactions share: the data they begin with, the inputs of session keys, the log.
namespace tongka::simulator {

/// What INITIALIZE commands begin with: key index 1, amount 4, terminal number 6 (standards.md 4.2).
struct InitializeData {
    static constexpr std::size_t size = 11;

    core::Byte key_index;
    std::uint32_t amount;
    core::BytesView amount_bytes;
    core::BytesView terminal;

    /// `data` has `size` bytes and outlives the result.
    explicit InitializeData(core::BytesView data)
        : key_index(data[0]), amount(static_cast<std::uint32_t>(core::read_big_endian(data.subspan(1, 4)))),
          amount_bytes(data.subspan(1, 4)), terminal(data.subspan(5, 6)) {}
};

namespace transaction {
inline constexpr Reason no_purse{0x6A82, "there is no such purse in the current application", "standards.md 4.2"};
inline constexpr Reason no_purse_online{0x6A81, "there is no such purse in the current application",
                                        "standards.md 4.2, whose lists for on-line transactions lack 6A82"};
inline constexpr Reason not_enabled{0x6985, "the application is not in use yet (file 0015, offset 8)",
                                    "standards.md 9 row 14"};
inline constexpr Reason locked{0x6985, "the purse is under grey lock", "standards.md 9 row 27"};
inline constexpr Reason locked_either{0x9406, "the purse is under grey lock", "standards.md 9 row 27"};
inline constexpr Reason not_locked{0x6985, "the purse is not under grey lock", "standards.md 4.2"};
inline constexpr Reason unknown_key{0x9403, "the card has no key of this transaction with this index",
                                    "standards.md 4.2, 12"};
inline constexpr Reason no_tac_key{0x6A88, "the application has no TAC key", "standards.md 6"};
inline constexpr Reason counter_at_end{0x9402, "the transaction counter is at its maximum", "standards.md 4.2"};
inline constexpr Reason insufficient{0x9401, "the balance is smaller than the amount", "standards.md 9 row 6"};
inline constexpr Reason too_much{0x6985, "the balance would go over its limit", "standards.md 9 row 24"};
inline constexpr Reason not_initialized{0x6901, "its INITIALIZE does not stand before it", "standards.md 9 row 8"};
inline constexpr Reason not_initialized_either{0x6985, "its INITIALIZE does not stand before it",
                                               "standards.md 9 row 8"};
} // namespace transaction

/// For the lists of reasons: what refuse_initialize and refuse_completion can give.
#define TONGKA_INITIALIZE_REASONS                                                                                      \
    &common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &common::no_right, &transaction::no_purse,        \
        &transaction::no_purse_online, &transaction::not_enabled, &transaction::locked, &transaction::locked_either,   \
        &transaction::unknown_key, &transaction::no_tac_key, &transaction::counter_at_end
#define TONGKA_COMPLETION_REASONS                                                                                      \
    &common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &transaction::not_initialized,                    \
        &transaction::not_initialized_either, &common::memory_failure

/// An INITIALIZE on its way: the purse and the key it found, or what it is refused with.
struct Initialization {
    std::optional<Reply> refused;
    std::optional<Purse> purse;
    StoredKey key;
};

/// The checks that every INITIALIZE begins with: purse (6A82, on line 6A81), its access right (6982), application in
/// use, grey lock, key index (9403, before the balance: standards.md 12), counter (9402).
[[nodiscard]] Initialization begin_initialize(Card& card, core::Byte purse, KeyType key_type, core::Byte key_index,
                                              Counter counter);

/// Makes the transaction pending, with a fresh random number.
PendingTransaction& begin_transaction(Card& card, State state, core::Byte type, PurseId purse, const StoredKey& key,
                                      std::uint32_t amount, core::BytesView terminal);

/// A completion's check of the state; the status word goes by the rule completion-without-init.
[[nodiscard]] std::optional<Reply> refuse_completion(const Card& card);

/// The balance as the card shows it: the overdraft limit in it, or apart (standards.md 9 row 21).
[[nodiscard]] std::array<core::Byte, 4> shown_balance(const Card& card, const Purse& purse, std::uint32_t available);
[[nodiscard]] std::uint32_t balance_limit(const Card& card);

/// Input of the session key of an on-line transaction: random 4, online counter 2, 8000 (standards.md 5.1).
[[nodiscard]] std::array<core::Byte, 8> online_session_input(const Card& card, const PendingTransaction& pending,
                                                             const Purse& purse);

/// A finished transaction as the log takes it.
struct LogEntry {
    Counter counter;      ///< which one counted it
    std::uint16_t before; ///< its value before that
    core::Byte type;      ///< TTI
    std::uint32_t amount;
    core::BytesView terminal;
    core::BytesView date_time; ///< date 4, time 3
    std::uint32_t balance_after = 0;
    core::BytesView tac = {};
};

/// Appends to the log that the transaction goes to: loads to 001A where there is one, else the log of the purse (0018);
/// a purchase in another city to 0010 by the rule cross-city-log. The record: counter 2, overdraft limit 3, amount 4,
/// TTI 1, terminal 6, date 4, time 3; in a file of 31 bytes a record also balance 4, TAC 4 (standards.md 3.3;
/// clauses.md E).
void log_transaction(Card& card, Transaction& transaction, const Purse& purse, const LogEntry& entry);

// What deviations do in a transaction of its own, so that a cut parts it from the balance.

/// The log or the proof ahead of everything else; true where the log is written.
bool write_apart(Card& card, const Purse& purse, const Proof& proof, const LogEntry& entry);
/// The last transaction of this counter can no longer be proved.
void forget_proof(Card& card, const Purse& purse, Counter counter);

} // namespace tongka::simulator
