#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

#include "core/bytes.hpp"

namespace tongka::harness::clearing {

/// A consumption (or the lock of a card) as clearing files carry it, whatever their layout (clauses.md A, D). What a
/// layout does not carry is zero. Plain bytes: a partition on disk holds it as it stands here.
struct Transaction {
    std::uint64_t serial = 0;   ///< given by the access city (12 digits) or by the centre (10 digits)
    std::uint64_t merchant = 0; ///< 15 digits; of FH the operating unit
    std::uint32_t file = 0;     ///< which file it came from, as the reader counts them
    std::uint32_t line = 0;     ///< where in it, from 1; of binary files the record
    std::uint32_t collection_point = 0;
    std::uint32_t pos_serial = 0;      ///< the POS's own count of transactions
    std::uint32_t terminal_serial = 0; ///< the PSAM's, part of MAC1 and TAC
    std::uint32_t counter = 0;         ///< the card's offline counter
    std::uint32_t balance_before = 0;  ///< in fen
    std::uint32_t amount = 0;          ///< in fen
    std::array<core::Byte, 8> asn{};
    std::array<core::Byte, 8> psam{};      ///< right-most 16 digits of its serial number, BCD
    std::array<core::Byte, 6> pos{};       ///< BCD
    std::array<core::Byte, 6> terminal{};  ///< PSAM terminal number, part of MAC1 and TAC
    std::array<core::Byte, 7> date_time{}; ///< BCD YYYYMMDDhhmmss
    std::array<core::Byte, 4> tac{};
    std::array<core::Byte, 4> settle_date{};  ///< BCD YYYYMMDD
    std::array<core::Byte, 3> settle_state{}; ///< BCD, 000000 = settled
    std::array<core::Byte, 2> home_city{};    ///< BCD, the card's
    std::array<core::Byte, 2> trading_city{}; ///< BCD, where it paid
    core::Byte type = 0;                      ///< TTI: 06 purchase, 09 composite purchase; 05 and 0A from the ED
    core::Byte main_type = 0;
    core::Byte sub_type = 0;
    core::Byte card_version = 0; ///< inner version
    core::Byte lock = 0;         ///< 1: the card was locked, nothing was paid
    core::Byte grey = 0;         ///< 1: nobody knows whether the card has paid (灰记录)
    core::Byte test = 0;         ///< other than 0: no live transaction
    core::Byte key_version = 0;
    core::Byte key_index = 0;
};

static_assert(std::is_trivially_copyable_v<Transaction>);

} // namespace tongka::harness::clearing
