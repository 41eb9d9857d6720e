#include "cli/lab/devices.hpp"

#include <array>

#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "simulator/issuer/card_issuer.hpp"
#include "simulator/psam/psam.hpp"
#include "simulator/virtual_reader/echo_chip.hpp"

namespace tongka::cli {

namespace {

core::Result<std::unique_ptr<simulator::Chip>> make_chip(const DeviceRequest& request) {
    if (request.kind == DeviceKind::echo)
        return std::make_unique<simulator::EchoChip>();
    TONGKA_TRY(auto profile, core::load_profile(request.profile));
    auto random = std::make_unique<core::SystemRandom>();
    if (request.kind == DeviceKind::psam)
        return std::make_unique<simulator::Psam>(profile, std::move(random));
    return simulator::make_card(profile, std::move(random));
}

} // namespace

core::Result<std::vector<Device>> make_devices(const std::vector<DeviceRequest>& requests) {
    static constexpr std::array names{"card", "psam", "echo"};
    std::array<int, names.size()> count{};
    std::vector<Device> devices;
    for (const auto& request : requests) {
        TONGKA_TRY(auto chip, make_chip(request));
        auto kind = static_cast<std::size_t>(request.kind);
        std::string slot = names[kind];
        if (++count[kind] > 1)
            slot += std::to_string(count[kind]);
        devices.push_back({request.kind, std::move(slot), std::move(chip)});
    }
    return devices;
}

} // namespace tongka::cli
