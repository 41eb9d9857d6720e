#pragma once

#include <string>
#include <vector>

namespace tongka::cli {

/// Names for the completion of command lines, of the test cases that are installed.
[[nodiscard]] std::vector<std::string> case_ids();
[[nodiscard]] std::vector<std::string> requirement_ids();
[[nodiscard]] std::vector<std::string> profile_names();
[[nodiscard]] std::vector<std::string> deviation_ids();
/// What an option for a device or another thing under test takes: `--psam` sim:psam, and readers where there are any.
[[nodiscard]] std::vector<std::string> simulated_names(const std::string& option);

} // namespace tongka::cli
