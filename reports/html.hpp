#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "reports/record.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes report.html: one file that needs no network, in both languages, `language` shown first. Its content security
/// policy lets no script run but its own. Exchanges are decoded and written as they are read from the record; where
/// `pages` names a folder (case_pages.hpp), the page leads there instead.
[[nodiscard]] core::Result<void> write_html(std::ostream& out, const Summary& summary, RecordPieces& record,
                                            core::Language language, std::string_view pages = {});

/// No network, and no script but that of the page.
[[nodiscard]] std::string content_policy();

} // namespace tongka::reports
