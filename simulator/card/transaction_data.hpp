#pragma once

#include "simulator/card/card.hpp"

namespace tongka::simulator {

/// What INITIALIZE FOR LOAD and FOR PURCHASE begin with: key index 1, amount 4, terminal number 6 (standards.md 4.2).
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

/// Makes the transaction pending, with a fresh random number.
inline PendingTransaction& begin_transaction(Card& card, core::Byte type, const InitializeData& data,
                                             const CardKey& key) {
    auto& pending = card.pending().emplace(
        PendingTransaction{.transaction_type = type, .amount = data.amount, .terminal = {}, .random = {}, .key = &key});
    std::ranges::copy(data.terminal, pending.terminal.begin());
    card.challenge(pending.random);
    return pending;
}

/// Input of a load's session key: random 4, online counter 2, 8000 (standards.md 5.1).
[[nodiscard]] inline std::array<core::Byte, 8> load_session_input(const PendingTransaction& pending,
                                                                  const Purse& purse) {
    std::array<core::Byte, 8> input{};
    std::ranges::copy(pending.random, input.begin());
    std::ranges::copy(purse.counter_bytes(Counter::online), input.begin() + 4);
    input[6] = 0x80;
    return input;
}

/// The record of files 0018, 0010 and 001A (standards.md 3.3): counter 2, overdraft limit 3, amount 4, TTI 1, terminal
/// 6, date 4, time 3.
using LogRecord = std::array<core::Byte, 23>;

[[nodiscard]] inline LogRecord log_record(std::uint16_t counter, const Purse& purse, const PendingTransaction& pending,
                                          core::BytesView date_time) {
    LogRecord record{};
    core::write_big_endian(std::span(record).first(2), counter);
    std::ranges::copy(purse.overdraft_limit(), record.begin() + 2);
    core::write_big_endian(std::span(record).subspan(5, 4), pending.amount);
    record[9] = pending.transaction_type;
    std::ranges::copy(pending.terminal, record.begin() + 10);
    std::ranges::copy(date_time, record.begin() + 16);
    return record;
}

} // namespace tongka::simulator
