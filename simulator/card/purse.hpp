#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.hpp"
#include "simulator/chip/memory.hpp"

namespace tongka::simulator {

/// P2 of the purse commands, and the low byte of the purse's file identifier: 电子存折 ED, 电子钱包 EP.
enum class PurseId : core::Byte { deposit = 0x01, purse = 0x02 };

/// Counters of a purse: one for transactions with the issuer on line (loads), one for those at a terminal (purchases).
enum class Counter { online, offline };

/// What GET TRANSACTION PROVE gives again of the last transaction that a counter counted.
struct Proof {
    core::Byte transaction_type = 0; ///< TTI; 00 = there was none
    std::uint16_t counter = 0;       ///< its value before the transaction
    std::array<core::Byte, 4> mac{};
    std::array<core::Byte, 4> tac{};
};

/// What GET LOCK PROOF tells first (standards.md 4.2).
enum class LockState : core::Byte { none = 0x00, tac_unread = 0x01, locked = 0x10 };

/// The last grey lock or unlock of a purse (standards.md 1.1, 4.2).
struct Lock {
    LockState state = LockState::none;
    core::Byte transaction_type = 0; ///< TTI of the lock, or of the unlock once it was done
    std::uint32_t balance = 0;
    std::uint16_t counter = 0; ///< offline counter that the lock's session key was made with
    std::array<core::Byte, 6> terminal{};
    std::array<core::Byte, 4> terminal_serial{};
    std::array<core::Byte, 7> date_time{};
    std::array<core::Byte, 4> tac{}; ///< GTAC, or the TAC of the unlock
    // What the session key is made of again when the unlock comes.
    core::Byte key_index = 0;
    std::array<core::Byte, 4> random{};
    std::array<core::Byte, 4> terminal_random{};
    std::array<core::Byte, 2> lock_terminal_serial{}; ///< its right two bytes
    std::uint8_t unlock_errors = 0;                   ///< wrong GMACs in a row (解扣出错计数器)
};

/// A purse file (ED or EP) in memory. Amounts are in fen.
class Purse {
public:
    static constexpr std::uint16_t counter_end = 0xFFFF; // 9402 from here on

    Purse(const Memory& memory, Address at, PurseId id) : memory_(memory), at_(at), id_(id) {}

    [[nodiscard]] PurseId id() const { return id_; }

    /// What may be spent, the overdraft limit in it (standards.md 9 row 21).
    [[nodiscard]] std::uint32_t available() const;
    [[nodiscard]] core::BytesView available_bytes() const;
    [[nodiscard]] core::BytesView overdraft_limit() const; ///< 3 bytes
    [[nodiscard]] std::uint16_t counter(Counter which) const;
    [[nodiscard]] core::BytesView counter_bytes(Counter which) const;
    [[nodiscard]] Proof proof(Counter which) const;
    [[nodiscard]] LockState lock_state() const;
    [[nodiscard]] Lock lock() const;

    void set_available(Transaction& transaction, std::uint32_t available) const;
    void set_overdraft_limit(Transaction& transaction, core::BytesView limit) const;
    void set_counter(Transaction& transaction, Counter which, std::uint16_t value) const;
    void set_proof(Transaction& transaction, Counter which, const Proof& proof) const;
    void set_lock(Transaction& transaction, const Lock& lock) const;
    void set_unlock_errors(Transaction& transaction, std::uint8_t errors) const;

private:
    const Memory& memory_;
    Address at_;
    PurseId id_;
};

} // namespace tongka::simulator
