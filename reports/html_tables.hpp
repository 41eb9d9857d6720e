#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "reports/summary.hpp"

/// The parts of the page that list things, one row at a time. `index` of a case is its place in Summary::cases.
namespace tongka::reports {

/// `pages`: the folder of case_pages.hpp, to which the cases lead then; empty where the exchanges stand in this page.
void write_case_rows(std::ostream& out, const Summary& summary, std::string_view pages);
/// The row of one case, opened, on a page of its own.
void write_case_alone(std::ostream& out, const Summary& summary, std::size_t index);
/// Name of the page of a case; `part` counts from 0 where it has several.
[[nodiscard]] std::string case_page(std::size_t index, std::size_t part);
void write_requirement_rows(std::ostream& out, const Summary& summary);
void write_rule_rows(std::ostream& out, const Header& header);
void write_environment(std::ostream& out, const Header& header);

} // namespace tongka::reports
