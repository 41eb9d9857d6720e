#include "cli/settle.hpp"

#include "cli/settle/commands.hpp"

namespace tongka::cli {

void add_settle(CLI::App& app, int& exit_status) {
    auto* settle = app.add_subcommand("settle", "Clearing files: show, check, split, adjust and make them");
    settle->require_subcommand(1);
    add_settle_layouts(*settle, exit_status);
    add_settle_show(*settle, exit_status);
    add_settle_check(*settle, exit_status);
    add_settle_split(*settle, exit_status);
    add_settle_adjust(*settle, exit_status);
    add_settle_make(*settle, exit_status);
}

} // namespace tongka::cli
