#pragma once

#include "harness/device/device.hpp"

namespace tongka::harness {

/// The ASN of a user card (8 bytes, file 0015 of its application), or the serial of a PSAM (10 bytes, MF 0015); empty
/// where neither can be read. Leaves the device with a selection of its own: reset it before use.
[[nodiscard]] core::Bytes read_number(Device& device);

} // namespace tongka::harness
