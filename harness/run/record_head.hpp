#pragma once

#include "harness/run/run.hpp"

namespace tongka::harness {

/// Writes the lines that stand before the first case: header, requirements, plan (docs/record.md).
void write_head(RecordWriter& record, const std::vector<PlannedCase>& plan, const RunContext& context);

} // namespace tongka::harness
