#include "cli/set_up.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <tuple>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/keys/command.hpp"
#include "cli/lab/control_client.hpp"
#include "core/random.hpp"
#include "harness/device/deviations.hpp"
#include "harness/device/open.hpp"
#include "harness/device/open_actor.hpp"

namespace tongka::cli {

using harness::Role;

namespace {

core::Result<harness::FileOptions> file_options(const SetUpOptions& options) {
    harness::FileOptions files{.layouts = data_directory() / "clearing", .layout = options.layout};
    if (!options.keys.store.empty()) {
        core::SystemRandom random;
        TONGKA_TRY(files.keys, options.keys.open(random));
    }
    return files;
}

/// The lab lists "SLOT STATE READER", parted by "; ".
core::Result<std::string> slot_of(const std::filesystem::path& lab, const std::string& reader) {
    TONGKA_TRY(const auto listed, ask_lab(lab, "list"));
    std::istringstream slots(listed);
    for (std::string slot; std::getline(slots >> std::ws, slot, ';');)
        if (slot.ends_with(" " + reader))
            return slot.substr(0, slot.find(' '));
    return core::fail(fmt::format("the lab has no reader '{}'", reader));
}

/// Of the lab that this program runs in, if it does.
harness::LabHands hands_of_lab() {
    const char* told = std::getenv("TONGKA_LAB");
    if (told == nullptr)
        return {};
    const std::filesystem::path lab(told);
    return {.move = [lab](const std::string& reader, bool in) -> core::Result<void> {
                TONGKA_TRY(const auto slot, slot_of(lab, reader));
                TONGKA_TRY(std::ignore, ask_lab(lab, (in ? "insert " : "remove ") + slot));
                return {};
            },
            .tear = [lab](const std::string& reader, std::optional<harness::Tear> where) -> core::Result<void> {
                TONGKA_TRY(const auto slot, slot_of(lab, reader));
                const auto when =
                    where ? fmt::format("{} {}", where->after ? "after-write" : "before-write", where->write) : "off";
                TONGKA_TRY(std::ignore, ask_lab(lab, fmt::format("tear {} {}", slot, when)));
                return {};
            }};
}

} // namespace

void SetUpOptions::add_device(CLI::App& command) {
    command.add_option("--device", card, "The user card: sim:card, sim:blank, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE");
    command.add_option("--psam", psam, "The PSAM: sim:psam, pcsc:READER, pcsc:atr=HEX")->type_name("DEVICE");
    command.add_option("--isam", isam, "The ISAM: sim:isam, pcsc:READER, pcsc:atr=HEX")->type_name("DEVICE");
    command.add_option("--state", card_state, "Keep the memory of the simulated card in this file")->type_name("FILE");
    command.add_option("--psam-state", psam_state, "The same for the simulated PSAM")->type_name("FILE");
    command.add_option("--isam-state", isam_state, "The same for the simulated ISAM")->type_name("FILE");
}

void SetUpOptions::add_actors(CLI::App& command) {
    const auto add = [&](const char* option, std::string& spec, const char* what, Role role) {
        const auto forms = harness::actor_forms(role);
        command.add_option(option, spec, forms.empty() ? std::string(what) : fmt::format("{}: {}", what, forms))
            ->type_name("ACTOR");
    };
    add("--terminal", terminal, "The terminal under test", Role::terminal);
    add("--file", file, "The clearing file under test, or a folder of them", Role::file);
    command.add_option("--layout", layout, "With --file: the layout of all files (default: their names tell)")
        ->type_name("NAME");
    command.add_option("--keys", keys.store, "With --file: the keys that check TACs: a key file, or a token")
        ->type_name("STORE");
    add_pass_file(command, "--pass-file", keys.pass_file, "the keys");
    add("--host", host, "The issuer's host under test", Role::host);
    add("--reader", reader, "The reader under test, with the reference card in it (tongka lab --reference)",
        Role::reader);
}

std::vector<Role> SetUpOptions::named() const {
    const std::string* const specs[] = {&card, &psam, &isam, &terminal, &file, &host, &reader};
    std::vector<Role> roles;
    for (const auto role : harness::roles)
        if (!specs[static_cast<std::size_t>(role)]->empty())
            roles.push_back(role);
    return roles;
}

void SetUpOptions::add_profile(CLI::App& command) {
    command.add_option("--profile", profile, "Keys, layout and rules: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command.add_option("--ics", ics, "What is declared of the device (default: NAME.ics.yaml beside the profile)")
        ->type_name("FILE");
}

core::Result<harness::Proformas> load_proformas(const std::filesystem::path& suite) {
    std::error_code error;
    const auto own = suite / "proforma";
    const bool brings_its_own = !suite.empty() && std::filesystem::is_directory(own, error);
    return harness::Proformas::load(brings_its_own ? own : data_directory() / "proforma");
}

core::Result<harness::Devices> open_devices(const SetUpOptions& options, const core::Profile& profile) {
    harness::Devices devices;
    std::optional<Role> wrong;
    if (!options.deviation.empty()) {
        TONGKA_TRY(wrong, harness::role_of_deviation(options.deviation));
    }
    const auto open = [&](std::unique_ptr<harness::Device>& to, const std::string& spec, Role role,
                          const std::string& state) -> core::Result<void> {
        if (spec.empty())
            return {};
        // A fault of another device leaves this one right; an actor's is none of the devices' business.
        const bool concerned = wrong && !harness::is_actor(*wrong);
        TONGKA_TRY(to, harness::open_device(spec, role, profile,
                                            {.seed = options.seed,
                                             .deviation = concerned ? options.deviation : std::string(),
                                             .state = state,
                                             .lab = hands_of_lab()}));
        return {};
    };
    const auto open_actor = [&](std::unique_ptr<harness::Actor>& to, const std::string& spec,
                                Role role) -> core::Result<void> {
        if (spec.empty())
            return {};
        harness::OpenOptions how{.seed = options.seed, .deviation = wrong == role ? options.deviation : std::string()};
        how.lab = hands_of_lab();
        if (role == Role::file) {
            TONGKA_TRY(how.files, file_options(options));
        }
        TONGKA_TRY(to, harness::open_actor(spec, role, profile, how));
        return {};
    };
    TONGKA_CHECK(open(devices.card, options.card, Role::card, options.card_state));
    TONGKA_CHECK(open(devices.psam, options.psam, Role::psam, options.psam_state));
    TONGKA_CHECK(open(devices.isam, options.isam, Role::isam, options.isam_state));
    TONGKA_CHECK(open_actor(devices.terminal, options.terminal, Role::terminal));
    if (options.own_terminal)
        devices.terminal = options.own_terminal();
    TONGKA_CHECK(open_actor(devices.file, options.file, Role::file));
    TONGKA_CHECK(open_actor(devices.host, options.host, Role::host));
    TONGKA_CHECK(open_actor(devices.reader, options.reader, Role::reader));
    return devices;
}

core::Result<SetUp> load_set_up(const SetUpOptions& options) {
    SetUp made;
    TONGKA_TRY(const auto profile, find_profile(options.profile));
    TONGKA_TRY(made.profile, core::load_profile(profile));
    const auto ics = options.ics.empty() ? std::filesystem::path(profile).replace_extension(".ics.yaml")
                                         : std::filesystem::path(options.ics);
    TONGKA_TRY(const auto proformas, load_proformas(options.suite));
    TONGKA_TRY(made.declaration, harness::Declaration::load(ics, proformas));
    return made;
}

core::Result<SetUp> set_up(const SetUpOptions& options) {
    if (!options.names_something() && !options.may_name_nothing)
        return core::fail("no device was given: --device DEVICE, --psam DEVICE, --isam DEVICE, --terminal ACTOR, "
                          "--file ACTOR, --host ACTOR, --reader ACTOR, or several");
    TONGKA_TRY(auto made, load_set_up(options));
    TONGKA_TRY(made.devices, open_devices(options, made.profile));
    return made;
}

} // namespace tongka::cli
