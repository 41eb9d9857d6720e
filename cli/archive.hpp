#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka archive`: runs kept over the years, and what is found in them.
void add_archive(CLI::App& app, int& exit_status);

} // namespace tongka::cli
