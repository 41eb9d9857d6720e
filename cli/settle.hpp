#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka settle`: clearing files (docs/clearing.md).
void add_settle(CLI::App& app, int& exit_status);

} // namespace tongka::cli
