#pragma once

#include <ostream>

#include "reports/summary.hpp"

namespace tongka::reports {

/// Writes junit.xml for build servers: a test suite for each standard. A failed case is a `failure`; an error and an
/// inconclusive case are an `error`, so that no server shows them green; an observation passes and tells itself in
/// `system-out`; what did not run is `skipped` with its reason.
void write_junit(std::ostream& out, const Summary& summary, core::Language language);

} // namespace tongka::reports
