#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tongka::core {

/// `400 ms` or `1 s`, a decimal number from 1 to 999999 and its unit.
[[nodiscard]] Result<std::chrono::microseconds> parse_duration(std::string_view text);

/// In milliseconds, as far as they matter: "412.3 ms".
[[nodiscard]] std::string to_string(std::chrono::microseconds duration);

} // namespace tongka::core
