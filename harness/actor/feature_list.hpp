#pragma once

#include "harness/actor/reader_port.hpp"
#include "harness/device/action_values.hpp"

namespace tongka::harness {

/// The results of the action `features` for what a reader answered to CM_IOCTL_GET_FEATURE_REQUEST: entries of a tag,
/// the length 04 and a control code of four bytes (PC/SC part 10).
[[nodiscard]] Values tell_features(const PortAnswer& answer);

} // namespace tongka::harness
