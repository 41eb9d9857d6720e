#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka run`: runs cases on a device and writes record and reports.
void add_run(CLI::App& app, int& exit_status);

} // namespace tongka::cli
