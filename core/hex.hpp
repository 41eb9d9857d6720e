#pragma once

#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// Upper case, no spaces: `3F00`.
[[nodiscard]] std::string to_hex(BytesView bytes);

/// Reads hexadecimal digits in either case; blanks may stand between bytes. The Error tells the offending column (from
/// 1).
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

/// As from_hex, and the length must be `size` bytes; `what` names the value in the Error.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text, std::size_t size, std::string_view what);

inline namespace literals {
/// `"3F00"_hex`, for constants of ours; throws std::invalid_argument on a typing error.
[[nodiscard]] Bytes operator""_hex(const char* text, std::size_t size);
} // namespace literals

} // namespace tongka::core
