#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka package`: packs a run, its suite and its reports, and signs them.
void add_package(CLI::App& app, int& exit_status);

/// `tongka verify`: checks such a package.
void add_verify_package(CLI::App& app, int& exit_status);

} // namespace tongka::cli
