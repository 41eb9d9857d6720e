#include "cli/describe.hpp"

#include <iostream>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/describe/completion.hpp"
#include "cli/describe/manual_page.hpp"

namespace tongka::cli {

void add_describe(CLI::App& app) {
    auto* completing = app.add_subcommand("complete", "The words that can stand last in a command line, for shells");
    completing->group("");
    completing->footer("Standard input has a word a line, without the program; the last is the one begun.\n"
                       "The first line tells whether paths fit as well: none, files or folders.\n"
                       "Example: printf 'list\\nca' | tongka complete");
    completing->callback([&app] {
        std::vector<std::string> words;
        for (std::string line; std::getline(std::cin, line);)
            words.push_back(line);
        const auto found = complete(app, std::move(words));
        using Paths = Completions::Paths;
        fmt::print("{}\n", found.paths == Paths::files ? "files" : found.paths == Paths::folders ? "folders" : "none");
        for (const auto& word : found.words)
            fmt::print("{}\n", word);
    });

    auto* manual = app.add_subcommand("manual", "The manual page tongka(1), in roff");
    manual->group("");
    manual->footer("Example: tongka manual | man -l -");
    manual->callback([&app] { fmt::print("{}", manual_page(app)); });
}

} // namespace tongka::cli
