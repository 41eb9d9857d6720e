#pragma once

#include <cstdint>

#include "harness/device/apdu.hpp"
#include "simulator/terminal/ask.hpp"

namespace tongka::cli {

/// The way to a device for whoever asks for whole answers: 61xx and 6Cxx are followed. The device must outlive it.
[[nodiscard]] simulator::Transmit line_to(harness::Device& device);

/// For a device that lives on in a state file: its random numbers must not come again in the next process.
[[nodiscard]] std::uint64_t fresh_seed();

} // namespace tongka::cli
