#include "cli/set_up.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "harness/device/open.hpp"

namespace tongka::cli {

using harness::Role;

void SetUpOptions::add_device(CLI::App& command) {
    command.add_option("--device", card, "The user card: sim:card, sim:blank, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE");
    command.add_option("--psam", psam, "The PSAM: sim:psam, pcsc:READER, pcsc:atr=HEX")->type_name("DEVICE");
    command.add_option("--isam", isam, "The ISAM: sim:isam, pcsc:READER, pcsc:atr=HEX")->type_name("DEVICE");
    command.add_option("--state", card_state, "Keep the memory of the simulated card in this file")->type_name("FILE");
    command.add_option("--psam-state", psam_state, "The same for the simulated PSAM")->type_name("FILE");
    command.add_option("--isam-state", isam_state, "The same for the simulated ISAM")->type_name("FILE");
}

void SetUpOptions::add_profile(CLI::App& command) {
    command.add_option("--profile", profile, "Keys, layout and rules: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command.add_option("--ics", ics, "What is declared of the device (default: NAME.ics.yaml beside the profile)")
        ->type_name("FILE");
}

core::Result<SetUp> set_up(const SetUpOptions& options) {
    SetUp made;
    TONGKA_TRY(const auto profile, find_profile(options.profile));
    TONGKA_TRY(made.profile, core::load_profile(profile));
    const auto ics = options.ics.empty() ? std::filesystem::path(profile).replace_extension(".ics.yaml")
                                         : std::filesystem::path(options.ics);
    TONGKA_TRY(made.declaration, harness::Declaration::load(ics));
    const auto open = [&](std::unique_ptr<harness::Device>& to, const std::string& spec, Role role,
                          const std::string& state) -> core::Result<void> {
        if (spec.empty())
            return {};
        TONGKA_TRY(to, harness::open_device(spec, role, made.profile,
                                            {.seed = options.seed, .deviation = options.deviation, .state = state}));
        return {};
    };
    TONGKA_CHECK(open(made.devices.card, options.card, Role::card, options.card_state));
    TONGKA_CHECK(open(made.devices.psam, options.psam, Role::psam, options.psam_state));
    TONGKA_CHECK(open(made.devices.isam, options.isam, Role::isam, options.isam_state));
    if (std::ranges::none_of(harness::roles, [&](Role role) { return made.devices.at(role); }))
        return core::fail("no device was given: --device DEVICE, --psam DEVICE, --isam DEVICE, or several");
    return made;
}

} // namespace tongka::cli
