#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka terminal`: what a terminal does with a card and a PSAM or a host, by hand.
void add_terminal(CLI::App& app, int& exit_status);
void add_terminal_load(CLI::App& terminal, int& exit_status);
void add_terminal_isam(CLI::App& terminal, int& exit_status);

/// `records` and `upload`: what a terminal's journal holds, and a clearing file made of it.
void add_terminal_records(CLI::App& terminal, int& exit_status);
void add_terminal_upload(CLI::App& terminal, int& exit_status);

} // namespace tongka::cli
