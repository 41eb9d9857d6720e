#pragma once

#include <ostream>

#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes a run in the Common Test Report Format (ctrf.io, JSON). A case that failed is `failed`, one that came to no
/// verdict or is an observation `other`, one that did not run `skipped`; `rawStatus` is our own verdict.
void write_ctrf(std::ostream& out, const Summary& summary, Language language);

} // namespace tongka::reports
