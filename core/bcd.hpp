#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// Whether every half-byte is a decimal digit.
[[nodiscard]] bool is_bcd(BytesView bytes);

/// The number written in up to 9 bytes of BCD, two digits a byte; nothing where a half-byte is no digit or there are
/// more bytes.
[[nodiscard]] std::optional<std::uint64_t> read_bcd(BytesView bytes);

/// A number in `width` bytes of BCD, filled up with zeros on the left; an Error where it does not fit.
[[nodiscard]] Result<Bytes> to_bcd(std::uint64_t number, std::size_t width);

using BcdDate = std::array<Byte, 4>; ///< YYYYMMDD
using BcdTime = std::array<Byte, 3>; ///< HHMMSS

/// A date that exists; nothing for other bytes (a 30 February, FFFFFFFF, another length).
[[nodiscard]] std::optional<std::chrono::year_month_day> read_bcd_date(BytesView bytes);

/// A time of day from 000000 to 235959, as seconds since midnight; nothing for other bytes.
[[nodiscard]] std::optional<std::chrono::seconds> read_bcd_time(BytesView bytes);

struct BcdDateTime {
    BcdDate date;
    BcdTime time;
};

/// A moment in UTC; whoever wants another zone's time adds its offset first. Throws std::out_of_range for years beyond
/// 0 to 9999.
[[nodiscard]] BcdDateTime to_bcd(std::chrono::sys_seconds moment);

} // namespace tongka::core
