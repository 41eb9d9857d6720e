#include "cli/archive.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/archive/commands.hpp"

namespace tongka::cli {

void add_archive(CLI::App& app, int& exit_status) {
    auto* archive = app.add_subcommand("archive", "Runs kept over the years: search them, and follow a case");
    archive->require_subcommand(1);
    archive->footer("Example: tongka archive import out/my-card\n"
                    "         tongka archive search --verdict fail --since 2026-01\n"
                    "         tongka archive trend purchase-mac1-wrong");
    add_archive_import(*archive, exit_status);
    add_archive_search(*archive, exit_status);
    add_archive_trend(*archive, exit_status);
    add_archive_show(*archive, exit_status);
    add_archive_remove(*archive, exit_status);
}

} // namespace tongka::cli
