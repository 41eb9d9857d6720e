#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka lab [options] [-- COMMAND…]` and `tongka lab-control`. `command` is what stands after `--`.
void add_lab(CLI::App& app, const std::vector<std::string>& command, int& exit_status);

} // namespace tongka::cli
