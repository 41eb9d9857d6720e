#include "cli/certificates.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/certificates/commands.hpp"

namespace tongka::cli {

void add_certificates(CLI::App& app, int& exit_status) {
    static const core::SystemClock clock;
    auto* command = app.add_subcommand("certificates", "SM2 certificates of root, cities and devices");
    command->require_subcommand(1);
    certificates::add_new_root(*command, clock, exit_status);
    certificates::add_request(*command, exit_status);
    certificates::add_issue(*command, clock, exit_status);
    certificates::add_revoke(*command, clock, exit_status);
    certificates::add_crl(*command, clock, exit_status);
    certificates::add_verify(*command, clock, exit_status);
    certificates::add_show(*command, exit_status);
    command->footer("Example: tongka certificates new-root --name 全国根 --key root.key --out root.pem\n"
                    "docs/certificates.md leads from a root to a card.");
}

} // namespace tongka::cli
