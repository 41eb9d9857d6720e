#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "reports/summary.hpp"

namespace tongka::reports {

/// The group of a requirement: `304-PUR` of `304-PUR-012`.
[[nodiscard]] std::string_view group_of(std::string_view requirement);

/// Rows of the matrix of requirements and verdicts: each group of each standard, and how many of its requirements came
/// to which verdict. A count shows its requirements in the table below.
void write_requirement_matrix(std::ostream& out, const Summary& summary);

} // namespace tongka::reports
