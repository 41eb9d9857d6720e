#pragma once

#include <functional>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// One command APDU to a device, and its answer: at least two bytes. Whether 61xx and 6Cxx of T=0 are followed is told
/// where one is taken.
using Transmit = std::function<core::Result<core::Bytes>(core::BytesView command)>;

} // namespace tongka::simulator
