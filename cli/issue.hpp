#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka issue card|psam|isam`: personalises a blank device with keys of the key system (docs/keys.md).
void add_issue(CLI::App& app, int& exit_status);

} // namespace tongka::cli
