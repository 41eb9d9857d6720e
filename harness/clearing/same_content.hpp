#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace tongka::harness::clearing {

/// Files that hold the same bytes as one before them: index of the later, index of the first.
[[nodiscard]] core::Result<std::vector<std::pair<std::size_t, std::size_t>>>
same_content(const std::vector<std::filesystem::path>& files);

} // namespace tongka::harness::clearing
