#pragma once

#include <filesystem>

#include "cli/run.hpp"
#include "harness/run/run.hpp"
#include "reports/summary.hpp"

namespace tongka::cli {

/// Exit status of a run (design.md 8).
enum ExitStatus { passed = 0, failed = 1, could_not_run = 2, left_open = 3 };

/// What a run came to.
struct RanOne {
    std::filesystem::path folder; ///< of record and reports
    reports::Summary summary;
    std::string stopped; ///< why it could not go on; empty where it came to its end
    ExitStatus status = passed;
};

/// The suite that the request names, with all that the request adds to it. One suite serves several runs.
[[nodiscard]] core::Result<harness::LoadedSuite> load_suite(const RunRequest& request);

/// Sets the devices up, runs the cases, writes record and reports.
[[nodiscard]] core::Result<RanOne> run_one(const RunRequest& request, const harness::LoadedSuite& suite,
                                           decltype(harness::RunContext::progress) progress);

/// A run that came to its end earlier, from its record; its reports are made again.
[[nodiscard]] core::Result<RanOne> ran_before(const std::filesystem::path& folder, core::Language language);

} // namespace tongka::cli
