#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka terminal`: what a terminal does with a card and a PSAM, a load SAM or a host, by hand.
void add_terminal(CLI::App& app, int& exit_status);

} // namespace tongka::cli
