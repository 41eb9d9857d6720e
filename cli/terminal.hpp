#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka terminal purchase`: what a terminal does with a card and a PSAM, by hand.
void add_terminal(CLI::App& app, int& exit_status);

} // namespace tongka::cli
