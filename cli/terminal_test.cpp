#include "cli/terminal_test.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <sstream>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/lab/control_client.hpp"
#include "cli/lab/lab.hpp"
#include "cli/lab/process.hpp"
#include "cli/lab/relay_chip.hpp"
#include "cli/run.hpp"
#include "cli/terminal_test/child.hpp"
#include "cli/terminal_test/program_actor.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;
using harness::Role;

constexpr int could_not_run = 2;
/// Tells the same command, once it runs in the lab, where the chips in the readers can be answered for: "5 7 9".
constexpr const char* relays_variable = "TONGKA_RELAYS";

struct Place {
    Role role;
    DeviceKind kind;
    const char* reader;
    const char* slot;
};
constexpr Place places[] = {{Role::card, DeviceKind::card, "Tongka Card 00 00", "card"},
                            {Role::psam, DeviceKind::psam, "Tongka PSAM 00 00", "psam"},
                            {Role::isam, DeviceKind::isam, "Tongka ISAM 00 00", "isam"}};

struct Typed {
    RunRequest run;
    ProgramTerminal program;
    std::string purchase, tap_in, tap_out, load, recover;
    unsigned timeout = 30;
};

/// What is wrong with it is told before any case is run.
core::Result<CommandTemplate> read_command(std::string_view action, const std::string& text) {
    const auto option = action == "purchase" ? std::string("--cmd") : fmt::format("--cmd-{}", action);
    auto command = CommandTemplate::parse(text, placeholders_of(action));
    if (!command)
        return core::fail(fmt::format("{}: {}", option, command.error().message));
    if (const auto program = command->program(); !program.empty()) {
        TONGKA_TRY(auto search, Child::start(fmt::format("command -v -- {} >/dev/null", program)));
        readable_within(search.ended(), -1);
        if (search.exit_status() != 0)
            return core::fail(fmt::format("{}: command not found: {}", option, program));
    }
    return command;
}

/// The cases that ask for no more than the commands given can do, and no results that a program alone could tell.
std::vector<std::string> default_selection(const ProgramTerminal& program) {
    if (program.tells_results)
        return {"terminal-*"};
    std::vector<std::string> selection;
    if (program.commands.contains("purchase"))
        selection.emplace_back("terminal-program-*");
    if (program.commands.contains("purchase") && program.commands.contains("recover"))
        selection.emplace_back("terminal-recovery-program-*");
    if (program.commands.contains("tap-in") && program.commands.contains("tap-out"))
        selection.emplace_back("terminal-rides-program-*");
    return selection.empty() ? std::vector<std::string>{"terminal-*"} : selection;
}

/// The process that the lab runs: the cases, with a terminal that is the program.
core::Result<int> run_in_lab(Typed typed, const std::string& relays) {
    const fs::path lab = std::getenv("TONGKA_LAB");
    std::istringstream numbers(relays);
    for (const auto& place : places) {
        int socket = -1;
        numbers >> socket;
        ::fcntl(socket, F_SETFD, FD_CLOEXEC); // the program is not to speak for its own card
        typed.program.relays[place.role] = socket;
        typed.program.readers[place.role] = place.reader;
    }
    typed.program.insert = [lab](const std::string& reader) -> core::Result<void> {
        for (const auto& place : places)
            if (reader == place.reader) {
                TONGKA_TRY(std::ignore, ask_lab(lab, fmt::format("insert {}", place.slot)));
            }
        return {};
    };
    typed.run.set_up.card = "sim:card";
    typed.run.set_up.psam = "sim:psam";
    typed.run.set_up.isam = "sim:isam";
    typed.run.set_up.own_terminal = [program = typed.program] { return program_actor(program); };
    if (typed.run.selection.empty())
        typed.run.selection = default_selection(typed.program);
    return run_cases(typed.run);
}

std::vector<std::string> own_command_line() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');)
        words.push_back(word);
    words.front() = "/proc/self/exe";
    return words;
}

/// Readers whose chips are answered for by this same command, started again beside them.
core::Result<int> start_lab(const Typed& typed) {
    TONGKA_TRY(const auto profile, find_profile(typed.run.set_up.profile));
    LabOptions options;
    options.command = own_command_line();
    std::vector<simulator::Descriptor> peers;
    std::string numbers;
    for (const auto& place : places) {
        TONGKA_TRY(auto relay, make_relay());
        options.devices.push_back({.kind = place.kind, .profile = profile, .relay = ::dup(relay.chip.get())});
        ::fcntl(options.devices.back().relay, F_SETFD, FD_CLOEXEC);
        numbers += fmt::format("{} ", relay.peer.get());
        peers.push_back(std::move(relay.peer));
    }
    ::setenv(relays_variable, numbers.c_str(), 1);
    return run_lab(options);
}

core::Result<int> run(Typed& typed) {
    for (const auto& [action, command] :
         {std::pair{"purchase", &typed.purchase}, std::pair{"tap-in", &typed.tap_in},
          std::pair{"tap-out", &typed.tap_out}, std::pair{"load", &typed.load}, std::pair{"recover", &typed.recover}})
        if (!command->empty()) {
            TONGKA_TRY(auto made, read_command(action, *command));
            typed.program.commands.emplace(action, std::move(made));
        }
    if (typed.program.commands.empty())
        return core::fail("no program was given: --cmd COMMAND, or --cmd-tap-in and --cmd-tap-out");
    typed.program.timeout = std::chrono::seconds(typed.timeout);
    const char* relays = std::getenv(relays_variable);
    return relays != nullptr ? run_in_lab(typed, relays) : start_lab(typed);
}

} // namespace

void add_terminal_test(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        app.add_subcommand("terminal-test", "Judge a terminal program from the card's side, in virtual readers");
    command->add_option(
        "selection", typed->run.selection,
        "Cases, with * and ? (default: those for the commands that are given; with --tells-results terminal-*)");
    command->add_option("--cmd", typed->purchase, "The program that makes a purchase, for sh -c")->type_name("COMMAND");
    command->add_option("--cmd-tap-in", typed->tap_in, "The same for the way in")->type_name("COMMAND");
    command->add_option("--cmd-tap-out", typed->tap_out, "The same for the way out")->type_name("COMMAND");
    command->add_option("--cmd-load", typed->load, "The same for a load with the load SAM")->type_name("COMMAND");
    command->add_option("--cmd-recover", typed->recover, "The same for settling what was cut off")
        ->type_name("COMMAND");
    command
        ->add_option("--before-each", typed->program.before_each,
                     "A command before each case: it makes the terminal new")
        ->type_name("COMMAND");
    command->add_flag("--tells-results", typed->program.tells_results,
                      "The program's last line of output is a JSON object of results (docs/terminal-test.md)");
    command->add_option("--timeout", typed->timeout, "Seconds that the program may take")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    typed->run.set_up.add_profile(*command);
    command->add_option("--out", typed->run.out, "Folder for record and reports (default: out/run-TIME)")
        ->type_name("DIR");
    command
        ->add_option("--lang", typed->run.language, "Language of summary and reports: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer("In commands {amount} is the amount in fen, {date} and {time} are those of the case, "
                    "{card-reader}, {psam-reader},\n"
                    "{isam-reader} are names for PC/SC. Exit status of the program: 0 accepted, others refused. What "
                    "it sends to card\n"
                    "and PSAM is recorded and judged. Exit status: as of tongka run.\n"
                    "Examples:\n"
                    "  tongka terminal-test --cmd './validator --pay {amount}'\n"
                    "  tongka terminal-test --cmd \"tongka terminal purchase --device 'pcsc:{card-reader}' --psam "
                    "'pcsc:{psam-reader}' "
                    "--amount {amount}\"");
    command->callback([typed, &exit_status] {
        auto status = run(*typed);
        if (!status)
            fmt::print(stderr, "tongka terminal-test: {}\n", status.error().message);
        exit_status = status ? *status : could_not_run;
    });
}

} // namespace tongka::cli
