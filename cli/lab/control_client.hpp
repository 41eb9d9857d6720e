#pragma once

#include <filesystem>
#include <string>

#include "core/result.hpp"

namespace tongka::cli {

/// Sends one line to the control socket of the lab in `directory` and gives what follows `ok` in its answer; the lab's
/// `error …` is the Error.
[[nodiscard]] core::Result<std::string> ask_lab(const std::filesystem::path& directory, const std::string& line);

} // namespace tongka::cli
