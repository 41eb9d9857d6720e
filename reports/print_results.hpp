#pragma once

#include "reports/print_page.hpp"
#include "reports/summary.hpp"

/// The parts of the printed report that a run fills.
namespace tongka::reports {

/// ICS, IXIT, and the rules in force.
void write_declaration(PrintPage& page, const Summary& summary);

/// By standard, how many requirements came to which verdict; then each requirement with clause and verdict.
void write_standards(PrintPage& page, const Summary& summary);

/// What failed, with expected and received; observations; cases without a verdict.
void write_findings_printed(PrintPage& page, const Summary& summary);

/// What an operator looked at, with what was attached.
void write_inspections(PrintPage& page, const Summary& summary);

/// The verdict of each case (PCTR).
void write_verdicts(PrintPage& page, const Summary& summary);

} // namespace tongka::reports
