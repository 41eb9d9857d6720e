#pragma once

#include <filesystem>

#include "core/result.hpp"
#include "reports/record.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

/// A run of more exchanges than this gets a page for each case beside report.html, which a browser could no longer
/// hold.
inline constexpr std::size_t exchanges_of_one_page = 50'000;
/// A case of very many lines gets several pages.
inline constexpr std::size_t lines_of_case_page = 10'000;

/// Writes a page for each case into `folder`, in place of what stood there: all of them appear, or none.
[[nodiscard]] core::Result<void> write_case_pages(const std::filesystem::path& folder, const Summary& summary,
                                                  RecordPieces& record, core::Language language);

} // namespace tongka::reports
