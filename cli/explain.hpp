#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka explain`: where a case comes from, and what a requirement stands on.
void add_explain(CLI::App& app, int& exit_status);

} // namespace tongka::cli
