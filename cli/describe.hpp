#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// Two commands for what is installed beside this one, not shown in --help: `tongka complete` (the words that can
/// follow those on standard input) and `tongka manual` (tongka.1). Both walk the commands that are there already: add
/// it last.
void add_describe(CLI::App& app);

} // namespace tongka::cli
