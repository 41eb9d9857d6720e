#pragma once

#include <vector>

#include "cli/run_one.hpp"

namespace tongka::cli {

/// Character that parts the values of an option which was given several times.
inline constexpr char between_values = '\n';

/// The runs that a request asks for: one for each --device (or --psam, --isam), each with a folder of its own below
/// that of --out where there are several. What was given once serves all. An Error for numbers of values that do not go
/// together, and for a reader that two runs would want at the same time.
[[nodiscard]] core::Result<std::vector<RunRequest>> requests_of(const RunRequest& request);

/// Runs them, `request.jobs` at a time, prints one summary and writes it to `summary.json`. The exit status of the run
/// that went worst.
[[nodiscard]] core::Result<int> run_campaign(std::vector<RunRequest> runs, const RunRequest& request,
                                             const harness::LoadedSuite& suite, core::Language language);

} // namespace tongka::cli
