#pragma once

#include <ostream>

#include "core/result.hpp"
#include "reports/record.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes report.json, the run for machines: reports/schema/report.schema.json says what it holds. The checks of all
/// cases are read from the record as they are written, so that they are never held together.
[[nodiscard]] core::Result<void> write_json(std::ostream& out, const Summary& summary, RecordPieces& record);

} // namespace tongka::reports
