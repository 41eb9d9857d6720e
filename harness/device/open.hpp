#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/keys/key_store.hpp"
#include "core/profile/profile.hpp"
#include "harness/device/device.hpp"
#include "harness/device/lab_hands.hpp"

namespace tongka::harness {

/// What clearing files under test are read with (harness/actor/file_actor.hpp).
struct FileOptions {
    std::filesystem::path layouts{};        ///< the folder with the layouts
    std::string layout{};                   ///< of all files; empty: their names tell
    std::shared_ptr<core::KeyStore> keys{}; ///< to check TACs with; null for none
};

struct OpenOptions {
    std::uint64_t seed = 1; ///< of the random numbers of a simulated device
    std::string deviation;  ///< fault of a simulated device; empty for none
    std::string state = {}; ///< file that keeps a simulated device's memory; empty for none
    FileOptions files{};
    LabHands lab{}; ///< of the lab that PC/SC devices and readers are in, if they are
};

/// Opens what a specification names: `sim:card`, `sim:psam`, `sim:isam`, `sim:blank` (one of these without files),
/// `pcsc:NAME`, `pcsc:atr=HEX`, `pcsc:asn=HEX`. `role` is what the device is for; a simulated device of the other kind
/// is refused.
[[nodiscard]] core::Result<std::unique_ptr<Device>>
open_device(std::string_view spec, Role role, const core::Profile& profile, const OpenOptions& options);

} // namespace tongka::harness
