#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka ics`: declarations (ICS and IXIT), written, checked and asked for.
void add_ics(CLI::App& app, int& exit_status);

} // namespace tongka::cli
