#pragma once

#include "core/bytes.hpp"

namespace tongka::simulator {

/// Security states of a chip, 0 to 15 each; they fall back to 0 at reset, that of the DF also when a DF is selected
/// (standards.md 3.1). In the MF both are the same.
struct SecurityState {
    core::Byte master = 0;
    core::Byte directory = 0;
};

/// Whether an access right lets a command through: 0Y asks the MF's state for at least Y; XY (X ≥ Y) asks the current
/// DF's for Y to X; F0 always lets through, XY with X < Y never (standards.md 3.1).
[[nodiscard]] constexpr bool allows(core::Byte right, SecurityState state) {
    const unsigned high = right >> 4;
    const unsigned low = right & 0x0F;
    if (high == 0)
        return state.master >= low;
    return high >= low && low <= state.directory && state.directory <= high;
}

} // namespace tongka::simulator
