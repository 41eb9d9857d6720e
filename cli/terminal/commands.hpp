#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `purchase`, `tap` and `recover`: a card at a PSAM.
void add_terminal_purchase(CLI::App& terminal, int& exit_status);
void add_terminal_tap(CLI::App& terminal, int& exit_status);
void add_terminal_recover(CLI::App& terminal, int& exit_status);

/// `load`, with a host or a load SAM; `isam-log-in` and `isam-log-out`.
void add_terminal_load(CLI::App& terminal, int& exit_status);
void add_terminal_isam(CLI::App& terminal, int& exit_status);

/// `records` and `upload`: what a terminal's journal holds, and a clearing file made of it.
void add_terminal_records(CLI::App& terminal, int& exit_status);
void add_terminal_upload(CLI::App& terminal, int& exit_status);

/// `tables`: parameter tables in binary form.
void add_terminal_tables(CLI::App& terminal, int& exit_status);

} // namespace tongka::cli
