#pragma once

#include <string>

#include "reports/summary.hpp"

namespace tongka::reports {

/// What was sent, received, expected, and the difference: one block for each check of a case that did not hold; and why
/// its cleanup failed, if it did.
[[nodiscard]] std::string evidence_text(const Case& which, Language language);

/// Why a case came to its verdict; the verdict itself where nobody said why.
[[nodiscard]] std::string reason_text(const Case& which, Language language);

} // namespace tongka::reports
