#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka keys …`: the key system of CJ/T 333 (docs/keys.md).
void add_keys(CLI::App& app, int& exit_status);

} // namespace tongka::cli
