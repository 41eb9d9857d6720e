#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// A command APDU (ISO/IEC 7816-4, 5.1) seen in the bytes it was parsed from, which must outlive it.
struct Command {
    Byte cla = 0;
    Byte ins = 0;
    Byte p1 = 0;
    Byte p2 = 0;
    BytesView data; ///< the command data field; Nc = data.size()
    std::optional<std::uint32_t>
        ne;                ///< how many bytes may be answered; 256 or 65536 for an Le of zeros; absent without Le
    bool extended = false; ///< lengths were coded in extended form

    [[nodiscard]] std::uint16_t p1p2() const { return static_cast<std::uint16_t>(p1 << 8 | p2); }

    /// 1 to 4, as ISO/IEC 7816-4 counts: neither data nor Le, Le alone, data alone, both.
    [[nodiscard]] int iso_case() const { return 1 + (ne ? 1 : 0) + (data.empty() ? 0 : 2); }
};

/// Reads all four cases in short and in extended form.
[[nodiscard]] Result<Command> parse_command(BytesView bytes);

/// A status word as two bytes, SW1 SW2.
using StatusWord = std::uint16_t;

/// A response APDU seen in the bytes it was parsed from.
struct Response {
    BytesView data;
    StatusWord sw = 0;
};

/// Splits an answer; fewer than two bytes is a lost answer, and an Error.
[[nodiscard]] Result<Response> parse_response(BytesView bytes);

} // namespace tongka::core
