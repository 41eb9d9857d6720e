#pragma once

#include <array>
#include <chrono>
#include <optional>

#include "core/bytes.hpp"

namespace tongka::simulator {

/// BCD YYYYMMDDhhmmss of the terminal's own zone, as transactions carry it.
using Moment = std::array<core::Byte, 7>;

/// The same on a line of seconds, to count between two; nothing where it is no date and time.
[[nodiscard]] std::optional<std::chrono::local_seconds> read_moment(const Moment& moment);

/// What composite records keep of a moment: BCD YYMMDDhhmm (clauses.md E).
using ShortMoment = std::array<core::Byte, 5>;

[[nodiscard]] ShortMoment shorten(const Moment& moment);

/// Within the century that began with 2000.
[[nodiscard]] std::optional<std::chrono::local_seconds> read_moment(const ShortMoment& moment);

} // namespace tongka::simulator
