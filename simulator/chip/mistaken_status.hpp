#pragma once

#include "core/apdu.hpp"
#include "simulator/chip/deviations.hpp"

namespace tongka::simulator {

/// The status word that a device with these faults gives where `right` is right: those that know a refusal and tell it
/// with another's code, as implementations do that map errors through one handler.
[[nodiscard]] core::StatusWord mistake_status(const Deviations& deviations, core::StatusWord right);

} // namespace tongka::simulator
