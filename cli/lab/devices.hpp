#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "simulator/chip/chip.hpp"

namespace tongka::cli {

enum class DeviceKind { card, psam, isam, echo };

/// A device asked for on the command line.
struct DeviceRequest {
    DeviceKind kind;
    std::filesystem::path profile = {}; ///< unused for an echo card
    bool blank = false;                 ///< a card as it leaves the factory
    std::filesystem::path state = {};   ///< keeps its memory from one lab to the next; empty for none
};

/// A device of the lab.
struct Device {
    DeviceKind kind;
    std::string slot; ///< what the control socket calls it: card, card2, … psam, … isam, … echo, …
    std::unique_ptr<simulator::Chip> chip;
    /// To be called once in the process that runs the device: opens its state file.
    std::function<core::Result<void>()> open_state = {};
};

/// The simulated devices, in the order asked for.
[[nodiscard]] core::Result<std::vector<Device>> make_devices(const std::vector<DeviceRequest>& requests);

} // namespace tongka::cli
