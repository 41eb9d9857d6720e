#pragma once

#include <CLI/App.hpp>

/// The subcommands of `tongka keys`, one file each.
namespace tongka::cli::keys {

void add_new(CLI::App& parent, int& exit_status);
void add_import(CLI::App& parent, int& exit_status);
void add_export(CLI::App& parent, int& exit_status);
void add_rotate(CLI::App& parent, int& exit_status);
void add_retire(CLI::App& parent, int& exit_status);
void add_show(CLI::App& parent, int& exit_status);
void add_destroy(CLI::App& parent, int& exit_status);

} // namespace tongka::cli::keys
