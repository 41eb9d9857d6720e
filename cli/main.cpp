#include <algorithm>
#include <cstdio>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/apdu.hpp"
#include "cli/archive.hpp"
#include "cli/case.hpp"
#include "cli/certificates.hpp"
#include "cli/compare.hpp"
#include "cli/describe.hpp"
#include "cli/deviations.hpp"
#include "cli/doctor.hpp"
#include "cli/explain.hpp"
#include "cli/ics.hpp"
#include "cli/issue.hpp"
#include "cli/issuer.hpp"
#include "cli/keys.hpp"
#include "cli/lab.hpp"
#include "cli/list.hpp"
#include "cli/matrix.hpp"
#include "cli/package.hpp"
#include "cli/report.hpp"
#include "cli/run.hpp"
#include "cli/settle.hpp"
#include "cli/terminal.hpp"
#include "cli/terminal_test.hpp"
#include "core/version.hpp"

int main(int argc, char** argv) {
    // What follows `--` is another program's command line, and not for us to parse.
    auto** end = std::find_if(argv + 1, argv + argc, [](std::string_view word) { return word == "--"; });
    std::vector<std::string> command;
    if (end != argv + argc)
        command.assign(end + 1, argv + argc);

    if (end != argv + argc && std::string_view(argv[1]) != "lab") {
        std::fputs("tongka: only lab takes a command after --\n", stderr);
        return 2;
    }

    int exit_status = 0;
    CLI::App app("Tongka (通卡): conformance tests and simulators for China's city union cards", "tongka");
    app.set_version_flag("--version", "tongka " + std::string(tongka::core::version));
    app.require_subcommand(1);
    tongka::cli::add_run(app, exit_status);
    tongka::cli::add_list(app, exit_status);
    tongka::cli::add_explain(app, exit_status);
    tongka::cli::add_ics(app, exit_status);
    tongka::cli::add_apdu(app, exit_status);
    tongka::cli::add_terminal(app, exit_status);
    tongka::cli::add_settle(app, exit_status);
    tongka::cli::add_issue(app, exit_status);
    tongka::cli::add_matrix(app, exit_status);
    tongka::cli::add_issuer(app, exit_status);
    tongka::cli::add_keys(app, exit_status);
    tongka::cli::add_certificates(app, exit_status);
    tongka::cli::add_doctor(app, exit_status);
    tongka::cli::add_case(app, exit_status);
    tongka::cli::add_deviations(app, exit_status);
    tongka::cli::add_terminal_test(app, exit_status);
    tongka::cli::add_report(app, exit_status);
    tongka::cli::add_package(app, exit_status);
    tongka::cli::add_verify_package(app, exit_status);
    tongka::cli::add_compare(app, exit_status);
    tongka::cli::add_archive(app, exit_status);
    tongka::cli::add_lab(app, command, exit_status);
    tongka::cli::add_describe(app);
    try {
        app.parse(static_cast<int>(end - argv), argv);
    } catch (const CLI::Success& wanted) { // --help, --version
        return app.exit(wanted);
    } catch (const CLI::ParseError& error) {
        std::fprintf(stderr, "tongka: %s\n", error.what());
        return 2;
    }
    return exit_status;
}
