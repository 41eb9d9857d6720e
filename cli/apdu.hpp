#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka apdu`: commands in hex from the standard input, one answer a line.
void add_apdu(CLI::App& app, int& exit_status);

} // namespace tongka::cli
