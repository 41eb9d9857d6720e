#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka case`: for those who write cases.
void add_case(CLI::App& app, int& exit_status);

} // namespace tongka::cli
