#pragma once

#include "harness/device/apdu.hpp"
#include "simulator/terminal/line.hpp"

namespace tongka::cli {

/// The way to a device for whoever asks for whole answers: 61xx and 6Cxx are followed. The device must outlive it.
[[nodiscard]] simulator::Line line_to(harness::Device& device);

} // namespace tongka::cli
