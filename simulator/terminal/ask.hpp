#pragma once

#include <string_view>

#include "core/apdu.hpp"
#include "core/result.hpp"
#include "simulator/chip/transmit.hpp"

namespace tongka::simulator {

/// The answer to a command that must be answered with 9000; whoever gives the terminal its devices follows 61xx and
/// 6Cxx: its data, of exactly `size` bytes where that is not 0. The Error tells the device, what was asked for and the
/// status word.
[[nodiscard]] core::Result<core::Bytes> ask(const Transmit& line, std::string_view device, std::string_view what,
                                            core::BytesView command, std::size_t size = 0);

} // namespace tongka::simulator
