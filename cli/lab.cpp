#include "cli/lab.hpp"

#include <cstdlib>
#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/lab/control_client.hpp"
#include "cli/lab/lab.hpp"

namespace tongka::cli {

namespace {

constexpr int could_not_run = 2;

/// The options of `tongka lab` as typed.
struct Typed {
    std::vector<std::string> cards;
    std::vector<std::string> psams;
    std::vector<std::string> isams;
    bool blank = false;
    bool echo = false;
    std::vector<std::string> references;
    std::string card_state;
    std::string psam_state;
    std::string isam_state;
    std::string attach;
    bool no_namespaces = false;
    LabOptions options;
};

/// A file is named from where the lab was started; the first device of its kind gets the state.
core::Result<void> add_devices(LabOptions& options, DeviceKind kind, const std::vector<std::string>& profiles,
                               bool blank, const std::string& state) {
    if (!state.empty() && profiles.empty())
        return core::fail(kind == DeviceKind::card   ? "--state without a card"
                          : kind == DeviceKind::psam ? "--psam-state without a PSAM"
                                                     : "--isam-state without an ISAM");
    for (const auto& name : profiles) {
        TONGKA_TRY(auto profile, find_profile(name));
        options.devices.push_back({.kind = kind, .profile = std::move(profile), .blank = blank});
        if (&name == &profiles.front() && !state.empty())
            options.devices.back().state = std::filesystem::absolute(state);
    }
    return {};
}

simulator::ReferenceChip::Interface interface_named(std::string_view name) {
    using Interface = simulator::ReferenceChip::Interface;
    return name == "t0" ? Interface::t0 : name == "t1" ? Interface::t1 : Interface::contactless;
}

core::Result<int> run(Typed& typed) {
    auto& options = typed.options;
    if (!typed.attach.empty()) {
        TONGKA_TRY(options.attach, simulator::parse_address(typed.attach));
    }
    if (typed.cards.empty() && typed.psams.empty() && typed.isams.empty() && !typed.echo && typed.references.empty()) {
        typed.cards = {default_profile};
        if (!options.attach)
            typed.psams = {default_profile};
    }
    TONGKA_CHECK(add_devices(options, DeviceKind::card, typed.cards, typed.blank, typed.card_state));
    TONGKA_CHECK(add_devices(options, DeviceKind::psam, typed.psams, false, typed.psam_state));
    TONGKA_CHECK(add_devices(options, DeviceKind::isam, typed.isams, false, typed.isam_state));
    if (typed.echo)
        options.devices.push_back({.kind = DeviceKind::echo});
    for (const auto& interface : typed.references)
        options.devices.push_back({.kind = DeviceKind::reference, .interface = interface_named(interface)});
    options.namespaces = !typed.no_namespaces;
    return run_lab(options);
}

void add_lab_itself(CLI::App& app, const std::vector<std::string>& command, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* lab = app.add_subcommand("lab", "Virtual readers with a virtual card and PSAM, around the program after --");
    lab->add_option("--card", typed->cards, "A user card of this profile (name or file); may be repeated")
        ->type_name("PROFILE")
        ->allow_extra_args(false);
    lab->add_option("--psam", typed->psams, "A PSAM of this profile; may be repeated")
        ->type_name("PROFILE")
        ->allow_extra_args(false);
    lab->add_option("--isam", typed->isams, "An ISAM of this profile; may be repeated")
        ->type_name("PROFILE")
        ->allow_extra_args(false);
    lab->add_flag("--blank", typed->blank, "The user cards are blank: no files, no keys");
    lab->add_option("--state", typed->card_state, "Keep the memory of the first card in this file")->type_name("FILE");
    lab->add_option("--psam-state", typed->psam_state, "The same for the first PSAM")->type_name("FILE");
    lab->add_option("--isam-state", typed->isam_state, "The same for the first ISAM")->type_name("FILE");
    lab->add_flag("--echo", typed->echo, "A card that gives one answer to everything, for measurements");
    lab->add_option("--reference", typed->references, "The card that readers are tried with; may be repeated")
        ->type_name("t0|t1|contactless")
        ->check(CLI::IsMember({"t0", "t1", "contactless"}))
        ->allow_extra_args(false);
    lab->add_option("--dir", typed->options.directory,
                    "Where the lab's sockets are (default: a new temporary directory)")
        ->type_name("DIR");
    lab->add_option("--attach", typed->attach, "Plug one card into the vpcd of a pcscd that runs already")
        ->type_name("HOST:PORT");
    lab->add_flag("--no-namespaces", typed->no_namespaces, "Do without network namespaces: cards cannot be removed");
    lab->add_option("--pcscd", typed->options.programs.pcscd, "The pcscd to start")
        ->type_name("FILE")
        ->capture_default_str();
    lab->add_option("--vpcd", typed->options.programs.vpcd, "vpcd's driver")->type_name("FILE")->capture_default_str();
    lab->footer(
        "Without --card, --psam, --isam, --echo and --reference: one card and one PSAM of the profile city-union.\n"
        "Example: tongka lab -- opensc-tool -r \"Tongka Card 00 00\" -s 00A4040009A00000000386980701");
    lab->callback([typed, &command, &exit_status] {
        typed->options.command = command;
        auto end = run(*typed);
        if (!end)
            fmt::print(stderr, "tongka lab: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

void add_lab_control(CLI::App& app, int& exit_status) {
    auto directory = std::make_shared<std::string>();
    auto words = std::make_shared<std::vector<std::string>>();
    auto* control = app.add_subcommand("lab-control", "Take cards of a running lab out, put them in, tear them");
    control->add_option("--dir", *directory, "The lab's directory (default: $TONGKA_LAB)")->type_name("DIR");
    control->add_option("words", *words, "The command")->required();
    control->footer(
        "Commands: list, remove SLOT, insert SLOT, tear SLOT after-write N, tear SLOT before-write N, tear SLOT off\n"
        "Example: tongka lab-control remove card");
    control->callback([directory, words, &exit_status] {
        const char* told = std::getenv("TONGKA_LAB");
        if (directory->empty() && told != nullptr)
            *directory = told;
        auto answer = ask_lab(*directory, fmt::format("{}", fmt::join(*words, " ")));
        if (answer)
            fmt::print("{}\n", *answer);
        else
            fmt::print(stderr, "tongka lab-control: {}\n", answer.error().message);
        exit_status = answer ? 0 : could_not_run;
    });
}

} // namespace

void add_lab(CLI::App& app, const std::vector<std::string>& command, int& exit_status) {
    add_lab_itself(app, command, exit_status);
    add_lab_control(app, exit_status);
}

} // namespace tongka::cli
