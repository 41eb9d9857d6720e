#pragma once

#include <filesystem>
#include <string>

#include "reports/summary.hpp"

namespace tongka::reports {

struct TextStyle {
    core::Language language = core::Language::zh;
    bool colour = false; ///< with ANSI escapes, for a terminal
};

/// What `tongka run` prints at its end: totals, one line for each case that needs a look, where the report lies.
[[nodiscard]] std::string summary_text(const Summary& summary, const std::filesystem::path& out_dir, TextStyle style);

} // namespace tongka::reports
