#pragma once

#include <memory>

#include "harness/actor/reader_deviation.hpp"
#include "harness/actor/reader_port.hpp"

namespace tongka::harness {

/// A reader with PC/SC in front of it and the reference card in it, which offers T=0 and T=1. Right, or with one fault.
/// No time passes: a slow card is measured by what it would have taken.
[[nodiscard]] std::unique_ptr<ReaderPort> simulate_port(std::optional<ReaderDeviation> deviation);

} // namespace tongka::harness
