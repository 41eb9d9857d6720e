#pragma once

#include <filesystem>
#include <string>

#include "core/text.hpp"
#include "reports/report_data.hpp"
#include "reports/summary.hpp"

namespace tongka::cli {

/// Makes `name`.pdf in a folder by WeasyPrint, without a network. An Error where WeasyPrint is missing or fails; then what
/// stood under the name stays.
[[nodiscard]] core::Result<void> print_report(const reports::Summary& summary, const reports::ReportData& data,
                                              core::Language language, const std::filesystem::path& folder,
                                              const std::string& name);

} // namespace tongka::cli
