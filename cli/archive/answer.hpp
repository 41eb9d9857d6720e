#pragma once

#include <span>
#include <string>

#include "cli/archive/archive.hpp"

namespace tongka::cli {

/// These members of all rows as a table; its columns are named as they are.
[[nodiscard]] std::string as_table(const Archive::Rows& rows, std::span<const char* const> columns);

[[nodiscard]] std::string as_list(const Archive::Rows& rows);

/// A value of a row for people: `device_us` is a duration, a text is on one line.
[[nodiscard]] std::string shown(const nlohmann::ordered_json& row, const char* member);

} // namespace tongka::cli
