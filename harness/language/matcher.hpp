#pragma once

#include "core/apdu.hpp"
#include "core/result.hpp"
#include "harness/language/check_result.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/pattern.hpp"

namespace tongka::harness {

/// Compares an answer with what it must be. Where it passes, its captures are bound in `environment`; where it does
/// not, nothing is. An Error where an expression of the pattern has no value.
[[nodiscard]] core::Result<CheckResult> match(const Pattern& pattern, const core::Response& response,
                                              Environment& environment);

} // namespace tongka::harness
