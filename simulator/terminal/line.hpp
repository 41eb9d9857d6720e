#pragma once

#include <functional>
#include <string_view>

#include "core/apdu.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// One command APDU to a device, and its whole answer: on T=0 whoever gives this has followed 61xx and 6Cxx.
using Line = std::function<core::Result<core::Bytes>(core::BytesView command)>;

/// The answer to a command that must be answered with 9000: its data, of exactly `size` bytes where that is not 0. The
/// Error tells the device, what was asked for and the status word.
[[nodiscard]] core::Result<core::Bytes> ask(const Line& line, std::string_view device, std::string_view what,
                                            core::BytesView command, std::size_t size = 0);

} // namespace tongka::simulator
