#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka deviations`: which case notices which fault.
void add_deviations(CLI::App& app, int& exit_status);

} // namespace tongka::cli
