#pragma once

#include <CLI/App.hpp>

namespace tongka::cli::ics {

void add_new(CLI::App& app, int& exit_status);
void add_check(CLI::App& app, int& exit_status);
void add_ask(CLI::App& app, int& exit_status);

} // namespace tongka::cli::ics
