#pragma once

#include <ostream>
#include <string>

#include "reports/summary.hpp"

/// The parts of the page that list things, one row at a time. `index` of a case is its place in Summary::cases.
namespace tongka::reports {

void write_case_rows(std::ostream& out, const Summary& summary);
void write_requirement_rows(std::ostream& out, const Summary& summary);
void write_rule_rows(std::ostream& out, const Header& header);
void write_environment(std::ostream& out, const Header& header);

} // namespace tongka::reports
