#include "cli/terminal.hpp"

#include "cli/terminal/commands.hpp"

namespace tongka::cli {

void add_terminal(CLI::App& app, int& exit_status) {
    auto* terminal =
        app.add_subcommand("terminal", "What a terminal does with a card and a PSAM, a load SAM or a host, by hand");
    terminal->require_subcommand(1);
    add_terminal_purchase(*terminal, exit_status);
    add_terminal_tap(*terminal, exit_status);
    add_terminal_load(*terminal, exit_status);
    add_terminal_isam(*terminal, exit_status);
    add_terminal_recover(*terminal, exit_status);
    add_terminal_records(*terminal, exit_status);
    add_terminal_upload(*terminal, exit_status);
    add_terminal_tables(*terminal, exit_status);
}

} // namespace tongka::cli
