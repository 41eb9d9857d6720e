#pragma once

#include <filesystem>
#include <string>

#include "core/result.hpp"

namespace tongka::cli {

/// Where the suite's own data (`testcases/`) lies: $TONGKA_DATA, else beside the installed program, else in the sources
/// that this program was built from.
[[nodiscard]] std::filesystem::path data_directory();

/// A profile by its path, or by its name in the data directory's `profiles/`.
[[nodiscard]] core::Result<std::filesystem::path> find_profile(const std::string& name_or_path);

inline constexpr auto default_profile = "city-union";

} // namespace tongka::cli
