#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka list cases|requirements|rules|status-words|deviations`.
void add_list(CLI::App& app, int& exit_status);

} // namespace tongka::cli
