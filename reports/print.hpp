#pragma once

#include <ostream>

#include "reports/report_data.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes the report that is printed and signed, as a page of HTML for paged media, in one language. It has the parts
/// of the SCTR and of the PCTR of ISO/IEC 9646-5, and what ISO/IEC 17025, 7.8 asks of a report. It needs no other file.
void write_print(std::ostream& out, const Summary& summary, const ReportData& data, Language language);

} // namespace tongka::reports
