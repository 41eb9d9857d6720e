#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "cli/set_up.hpp"
#include "core/result.hpp"

namespace tongka::cli {

/// What a run of cases is told on the command line.
struct RunRequest {
    SetUpOptions set_up;
    std::vector<std::string> selection;
    std::string out;
    std::string language;
    std::string clause_map;
    bool inspections = false;
    bool destructive = false;
    bool asks_operator = false;
    unsigned jobs = 0;   ///< runs at a time, where there are several devices; 0: all of them
    bool resume = false; ///< goes on with the run that was cut off in the folder `out`
    std::string answers; ///< file with an operator's answers
};

/// Runs them, writes record and reports, and prints the summary. The exit status: 0 all passed or does not apply, 1
/// something failed, 2 the run stopped, 3 something was left open.
[[nodiscard]] core::Result<int> run_cases(const RunRequest& request);

/// `tongka run`: runs cases on a device and writes record and reports.
void add_run(CLI::App& app, int& exit_status);

} // namespace tongka::cli
