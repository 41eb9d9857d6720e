#include "cli/archive/answer.hpp"

#include "cli/table.hpp"
#include "reports/summary_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::cli {

std::string shown(const nlohmann::ordered_json& row, const char* member) {
    const auto& value = row.at(member);
    const std::string_view name = member;
    if (name == "us" || name == "device_us")
        return reports::duration_text(value.get<std::uint64_t>());
    if (value.is_string())
        return reports::one_line(value.get_ref<const std::string&>());
    if (value.is_boolean())
        return value.get<bool>() ? "yes" : "no";
    return value.dump();
}

std::string as_table(const Archive::Rows& rows, std::span<const char* const> columns) {
    Table table{{columns.begin(), columns.end()}};
    for (const auto& row : rows) {
        auto& cells = table.rows.emplace_back();
        for (const auto* column : columns)
            cells.push_back(shown(row, column));
    }
    return as_text(table);
}

std::string as_list(const Archive::Rows& rows) {
    return nlohmann::ordered_json(rows).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace tongka::cli
