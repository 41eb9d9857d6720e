#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka keys …`: the key system (docs/keys.md).
void add_keys(CLI::App& app, int& exit_status);

} // namespace tongka::cli
