#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka report`: makes the reports of a run again from its record.
void add_report(CLI::App& app, int& exit_status);

} // namespace tongka::cli
