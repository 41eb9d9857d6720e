#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "harness/device/action_values.hpp"

namespace tongka::cli {

/// Takes the results of a terminal's action out of the last line of what a program printed: a JSON object, members by
/// the names of docs/actions.md, bytes as hex, numbers as numbers. Members with other names, and null, are passed over;
/// counts are not taken, since they are counted. An Error where the last line is no such object.
[[nodiscard]] core::Result<void> read_results(const std::string& said, std::string_view action,
                                              harness::Values& results);

} // namespace tongka::cli
