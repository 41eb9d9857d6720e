#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tongka::harness::clearing {

/// What results call each file: its name; the second of that name `2/NAME`, since a delivery that came again lies in
/// another folder under the name it had.
[[nodiscard]] std::vector<std::string> labels(const std::vector<std::filesystem::path>& files);

} // namespace tongka::harness::clearing
