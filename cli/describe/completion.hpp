#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace tongka::cli {

/// What can stand where the last of some words is: words of our own, and perhaps files or folders beside them.
struct Completions {
    enum class Paths { none, files, folders };
    Paths paths = Paths::none;
    std::vector<std::string> words;
};

/// `words` is the command line without the program, up to the place of the cursor; its last word is the one begun.
[[nodiscard]] Completions complete(const CLI::App& root, std::vector<std::string> words);

} // namespace tongka::cli
