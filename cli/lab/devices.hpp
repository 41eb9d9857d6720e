#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/virtual_reader/reference_chip.hpp"

namespace tongka::cli {

enum class DeviceKind { card, psam, isam, echo, reference };

/// A device asked for on the command line.
struct DeviceRequest {
    DeviceKind kind;
    std::filesystem::path profile = {};                 ///< unused for echo and reference cards
    bool blank = false;                                 ///< a card as it leaves the factory
    std::filesystem::path state = {};                   ///< keeps its memory from one lab to the next; empty for none
    simulator::ReferenceChip::Interface interface = {}; ///< of a reference card
    int relay = -1; ///< a socket to whoever answers for the chip (relay_chip.hpp); the chip takes it over
};

/// A device of the lab.
struct Device {
    DeviceKind kind;
    std::string slot; ///< what the control socket calls it: card, card2, … psam, … isam, … echo, … reference, …
    std::unique_ptr<simulator::Chip> chip;
    /// To be called once in the process that runs the device: opens its state file.
    std::function<core::Result<void>()> open_state = {};
};

/// The simulated devices, in the order asked for.
[[nodiscard]] core::Result<std::vector<Device>> make_devices(const std::vector<DeviceRequest>& requests);

} // namespace tongka::cli
