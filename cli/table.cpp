#include "cli/table.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace tongka::cli {
namespace {

/// Cells on a terminal: what takes three bytes or more in UTF-8 is, in our texts, a wide character.
std::size_t cells(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80)
            count += byte >= 0xE0 ? 2 : 1;
    }
    return count;
}

} // namespace

std::string as_text(const Table& table) {
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        std::size_t width = cells(table.columns[column]);
        for (const auto& row : table.rows)
            width = std::max(width, cells(row[column]));
        widths.push_back(width);
    }
    std::string text;
    const auto append = [&](const std::vector<std::string>& row) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            text += row[column];
            if (column + 1 < row.size())
                text.append(widths[column] - cells(row[column]) + 2, ' ');
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += '\n';
    };
    append(table.columns);
    for (const auto& row : table.rows)
        append(row);
    return text;
}

std::string as_json(const Table& table) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& row : table.rows) {
        nlohmann::ordered_json object;
        for (std::size_t column = 0; column < row.size(); ++column)
            object[table.columns[column]] = row[column];
        list.push_back(std::move(object));
    }
    return list.dump(2) + "\n";
}

} // namespace tongka::cli
