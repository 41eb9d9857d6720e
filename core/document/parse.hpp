#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/document/node.hpp"

namespace tongka::core::document {

/// More than this is refused: our files are written by hand.
struct Limits {
    std::size_t bytes = 4 << 20;
    std::size_t depth = 32;
};

/// Reads one YAML document strictly: UTF-8; every scalar is text; tags, anchors, aliases, empty values, keys that are
/// no text, a key given twice and a second document are refused. `name` stands before the Error's line and column.
[[nodiscard]] Result<Node> parse(std::string text, std::string name, Limits limits = {});

/// The same for a file, named by `path`.
[[nodiscard]] Result<Node> read(const std::filesystem::path& path, Limits limits = {});

} // namespace tongka::core::document
