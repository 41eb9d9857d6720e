#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "reports/summary.hpp"

namespace tongka::reports {

struct TextStyle {
    core::Language language = core::Language::zh;
    bool colour = false; ///< with ANSI escapes, for a terminal
};

/// What `tongka run` prints at its end: totals, one line for each case that needs a look, where the report lies.
[[nodiscard]] std::string summary_text(const Summary& summary, const std::filesystem::path& out_dir, TextStyle style);

/// Texts of a record come from files; a terminal must not obey what stands in them.
[[nodiscard]] std::string one_line(std::string_view text);

/// Why a case did not pass, or did not run, on one line; empty where nothing says it.
[[nodiscard]] std::string reason_of(const Case& which, core::Language language);

} // namespace tongka::reports
