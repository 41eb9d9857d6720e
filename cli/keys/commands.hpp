#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

void add_keys_new(CLI::App& keys, int& exit_status);
void add_keys_components(CLI::App& keys, int& exit_status);
void add_keys_import(CLI::App& keys, int& exit_status);
void add_keys_export(CLI::App& keys, int& exit_status);
void add_keys_show(CLI::App& keys, int& exit_status);
void add_keys_rotate(CLI::App& keys, int& exit_status);
void add_keys_retire(CLI::App& keys, int& exit_status);
void add_keys_destroy(CLI::App& keys, int& exit_status);

} // namespace tongka::cli
