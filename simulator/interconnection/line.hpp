#pragma once

#include "simulator/chip/chip.hpp"
#include "simulator/chip/transmit.hpp"

namespace tongka::simulator {

/// The line of a terminal to a chip of this process, which must outlive it. To a contact chip (T=0) Le behind data is
/// left out, and 61xx is followed.
[[nodiscard]] Transmit terminal_line(Chip& chip);

} // namespace tongka::simulator
