#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka doctor`: looks at readers, devices, keys and clock before a run.
void add_doctor(CLI::App& app, int& exit_status);

} // namespace tongka::cli
