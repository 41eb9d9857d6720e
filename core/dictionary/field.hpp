#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace tongka::core::dictionary {

/// What a field is, which decides how it is shown.
enum class Kind : std::uint8_t {
    data,             ///< anything else: hex
    amount,           ///< unsigned, in fen
    number,           ///< unsigned: counters and serial numbers
    date,             ///< BCD YYYYMMDD
    time,             ///< BCD HHMMSS
    terminal,         ///< terminal number, 6 bytes
    serial,           ///< application or PSAM serial number
    city,             ///< BCD city code
    transaction_type, ///< TTI, 交易类型标识
    purse,            ///< 01 ED, 02 EP
    key_index,
    key_version,
    key_usage, ///< type and levels of INIT_FOR_DESCRYPT
    algorithm, ///< standards.md 5.3
    random,
    cryptogram,
    mac,
    tac,
    factors,          ///< diversification factors of 8 bytes
    pin,              ///< secret: shown as **
    key,              ///< secret: shown as **
    file_id,          ///< a file identifier
    name,             ///< the name of a directory file
    fci,              ///< BER-TLV
    file_content,     ///< laid out as the file is (files.hpp)
    binary_reference, ///< P1 P2 of READ BINARY: short file identifier and offset
    record_reference, ///< P1 P2 of READ RECORD: record number or identifier, short file identifier
};

/// The kind's own name: "transaction_type".
[[nodiscard]] std::string_view name(Kind kind);

/// Whether a field's bytes must not be shown.
[[nodiscard]] constexpr bool is_secret(Kind kind) {
    return kind == Kind::pin || kind == Kind::key;
}

/// One field of a layout; a width of 0 takes what the others leave (once in a layout).
struct Field {
    Text name{};
    std::uint16_t width = 0;
    Kind kind = Kind::data;
};

using Layout = std::span<const Field>;

} // namespace tongka::core::dictionary
