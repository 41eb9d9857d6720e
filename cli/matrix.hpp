#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka matrix`: every card of the interconnection at every terminal, through a roll-over of the keys.
void add_matrix(CLI::App& app, int& exit_status);

} // namespace tongka::cli
