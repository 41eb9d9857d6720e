#pragma once

#include <string>

#include <CLI/App.hpp>

namespace tongka::cli {

/// The manual page tongka(1), in roff: every command with its options and its notes, as --help shows them.
[[nodiscard]] std::string manual_page(const CLI::App& root);

} // namespace tongka::cli
