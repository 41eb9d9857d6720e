#pragma once

#include <ostream>

#include "core/result.hpp"
#include "reports/record.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes report.html: one file that needs no network, in both languages, `language` shown first. Its content security
/// policy lets no script run but its own. Exchanges are decoded and written as they are read from the record.
[[nodiscard]] core::Result<void> write_html(std::ostream& out, const Summary& summary, RecordPieces& record,
                                            core::Language language);

} // namespace tongka::reports
