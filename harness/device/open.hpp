#pragma once

#include <cstdint>

#include "core/profile/profile.hpp"
#include "harness/device/device.hpp"

namespace tongka::harness {

struct OpenOptions {
    std::uint64_t seed = 1; ///< of the random numbers of a simulated device
    std::string deviation;  ///< fault of a simulated device; empty for none
    std::string state = {}; ///< file that keeps a simulated device's memory; empty for none
};

/// Opens what a specification names: `sim:card`, `sim:psam`, `sim:isam`, `sim:blank` (one of these without files),
/// `pcsc:NAME`, `pcsc:atr=HEX`, `pcsc:asn=HEX`. `role` is what the device is for; a simulated device of the other kind
/// is refused.
[[nodiscard]] core::Result<std::unique_ptr<Device>>
open_device(std::string_view spec, Role role, const core::Profile& profile, const OpenOptions& options);

} // namespace tongka::harness
