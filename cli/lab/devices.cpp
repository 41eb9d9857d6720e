#include "cli/lab/devices.hpp"

#include <array>

#include "cli/lab/relay_chip.hpp"
#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "simulator/issuer/card_issuer.hpp"
#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/virtual_reader/echo_chip.hpp"

namespace tongka::cli {

namespace {

constexpr std::array device_names{"card", "psam", "isam", "echo", "reference"};

core::Result<Device> make_device(const DeviceRequest& request, std::string slot) {
    Device device{.kind = request.kind, .slot = std::move(slot), .chip = nullptr};
    if (request.kind == DeviceKind::echo) {
        device.chip = std::make_unique<simulator::EchoChip>();
        return device;
    }
    if (request.kind == DeviceKind::reference) {
        device.chip = std::make_unique<simulator::ReferenceChip>(request.interface);
        return device;
    }
    TONGKA_TRY(auto profile, core::load_profile(request.profile));
    auto random = std::make_unique<core::SystemRandom>();
    std::unique_ptr<simulator::SmartCard> chip;
    if (request.kind == DeviceKind::psam) {
        TONGKA_TRY(chip, simulator::make_psam(profile, std::move(random)));
    } else if (request.kind == DeviceKind::isam) {
        TONGKA_TRY(chip, simulator::make_isam(profile, std::move(random)));
    } else {
        const auto issue = request.blank ? simulator::Issue::blank : simulator::Issue::personalised;
        TONGKA_TRY(chip, simulator::make_card(profile, std::move(random), {}, issue));
    }
    if (request.relay >= 0) {
        device.chip = relay_chip(*chip, simulator::Descriptor(request.relay));
        return device;
    }
    if (!request.state.empty())
        device.open_state = [chip = chip.get(), kind = request.kind, profile, path = request.state] {
            return simulator::keep_state(*chip, device_names[static_cast<std::size_t>(kind)], profile, path);
        };
    device.chip = std::move(chip);
    return device;
}

} // namespace

core::Result<std::vector<Device>> make_devices(const std::vector<DeviceRequest>& requests) {
    std::array<int, device_names.size()> count{};
    std::vector<Device> devices;
    for (const auto& request : requests) {
        auto kind = static_cast<std::size_t>(request.kind);
        std::string slot = device_names[kind];
        if (++count[kind] > 1)
            slot += std::to_string(count[kind]);
        TONGKA_TRY(auto device, make_device(request, std::move(slot)));
        devices.push_back(std::move(device));
    }
    return devices;
}

} // namespace tongka::cli
