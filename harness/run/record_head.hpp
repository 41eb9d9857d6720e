#pragma once

#include <functional>

#include "harness/run/run.hpp"

namespace tongka::harness {

/// Hands over the lines that stand before the first case: header, requirements, plan (docs/record.md).
void make_head(const std::vector<PlannedCase>& plan, const RunContext& context,
               const std::function<void(const Json&)>& take);

/// The machine that a run is on.
[[nodiscard]] Json host_of_run();

/// ISO 8601, UTC.
[[nodiscard]] std::string time_text(core::Clock::Time time);

} // namespace tongka::harness
