#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

void add_settle_layouts(CLI::App& settle, int& exit_status);
void add_settle_show(CLI::App& settle, int& exit_status);
void add_settle_check(CLI::App& settle, int& exit_status);
void add_settle_split(CLI::App& settle, int& exit_status);
void add_settle_adjust(CLI::App& settle, int& exit_status);
void add_settle_make(CLI::App& settle, int& exit_status);

} // namespace tongka::cli
