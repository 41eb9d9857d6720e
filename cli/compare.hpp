#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka compare`: what changed from one run to another.
void add_compare(CLI::App& app, int& exit_status);

} // namespace tongka::cli
