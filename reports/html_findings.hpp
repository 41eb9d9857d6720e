#pragma once

#include <string>

#include "reports/summary.hpp"

namespace tongka::reports {

/// A case that did not pass, told in full: why, and for each check that did not hold what was sent, received and
/// expected, the difference, and the fields of both. Stands in the page as it is: it prints, and needs no script.
[[nodiscard]] std::string finding_html(const Case& which, std::size_t index);

} // namespace tongka::reports
