#pragma once

#include <ostream>

#include "reports/summary.hpp"

/// Tables for spreadsheets: RFC 4180 in UTF-8 with a byte order mark, without which Excel does not read Chinese. A text
/// that a spreadsheet would take for a formula gets a ' before it.
namespace tongka::reports {

/// A row a case.
void write_cases_csv(std::ostream& out, const Summary& summary);

/// A row a requirement.
void write_requirements_csv(std::ostream& out, const Summary& summary);

} // namespace tongka::reports
