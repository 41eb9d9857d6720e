#include "cli/ics.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/ics/commands.hpp"

namespace tongka::cli {

void add_ics(CLI::App& app, int& exit_status) {
    auto* command = app.add_subcommand("ics", "Declarations: what a device has and does (ICS), and its values (IXIT)");
    command->require_subcommand(1);
    ics::add_new(*command, exit_status);
    ics::add_check(*command, exit_status);
    ics::add_ask(*command, exit_status);
    command->footer("Examples:\n"
                    "  tongka ics ask --out my-card.ics.yaml\n"
                    "  tongka ics check my-card.ics.yaml --profile my-card.yaml --device pcsc:READER\n"
                    "docs/declarations.md tells more.");
}

} // namespace tongka::cli
