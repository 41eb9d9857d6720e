#pragma once

#include <string>
#include <vector>

namespace tongka::cli {

/// Rows of text under named columns.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows = {};
};

/// Columns side by side; the last one runs free, and no row ends in blanks. Chinese characters count as two cells.
[[nodiscard]] std::string as_text(const Table& table);

/// A list of objects.
[[nodiscard]] std::string as_json(const Table& table);

} // namespace tongka::cli
