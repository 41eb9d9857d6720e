#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka terminal-test`: judges a PC/SC program from the card's side.
void add_terminal_test(CLI::App& app, int& exit_status);

} // namespace tongka::cli
