#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.hpp"
#include "simulator/chip/memory.hpp"

namespace tongka::simulator {

/// Counters of a purse: one for transactions with the issuer on line (loads), one for those at a terminal (purchases).
enum class Counter { online, offline };

/// What GET TRANSACTION PROVE gives again of the last transaction that a counter counted.
struct Proof {
    core::Byte transaction_type = 0; ///< TTI; 00 = there was none
    std::uint16_t counter = 0;       ///< its value before the transaction
    std::array<core::Byte, 4> mac{};
    std::array<core::Byte, 4> tac{};
};

/// A purse file (ED or EP) in memory. Amounts are in fen.
class Purse {
public:
    static constexpr std::size_t size = 33;
    static constexpr std::uint32_t largest_balance = 0xFFFFFF; // standards.md 9 row 24
    static constexpr std::uint16_t counter_end = 0xFFFF;       // 9402 from here on

    Purse(const Memory& memory, Address at) : memory_(memory), at_(at) {}

    [[nodiscard]] std::uint32_t balance() const;
    [[nodiscard]] core::BytesView balance_bytes() const;
    [[nodiscard]] core::BytesView overdraft_limit() const; ///< 3 bytes
    [[nodiscard]] std::uint16_t counter(Counter which) const;
    [[nodiscard]] core::BytesView counter_bytes(Counter which) const;
    [[nodiscard]] Proof proof(Counter which) const;

    void set_balance(Transaction& transaction, std::uint32_t balance) const;
    void set_counter(Transaction& transaction, Counter which, std::uint16_t value) const;
    void set_proof(Transaction& transaction, Counter which, const Proof& proof) const;

private:
    const Memory& memory_;
    Address at_;
};

} // namespace tongka::simulator
