#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/profile/profile.hpp"
#include "core/result.hpp"
#include "harness/plan/plan.hpp"
#include "harness/run/case_runner.hpp"
#include "harness/run/devices.hpp"
#include "harness/run/resumption.hpp"
#include "harness/run/trace.hpp"

namespace tongka::harness {

/// The suite as it lies on disk, with what it is checked by.
struct LoadedSuite {
    Suite suite;
    Catalogue catalogue;
    std::string sha256; ///< over the names and the contents of its files
    std::filesystem::path folder;

    /// Loads the folder that holds `catalogue/`, `cases/` and `procedures/`.
    [[nodiscard]] static core::Result<LoadedSuite> load(const std::filesystem::path& folder);
};

/// What a run is told besides its plan.
struct RunContext {
    const LoadedSuite& suite;
    const core::Profile& profile;
    const Declaration& declaration;
    const Devices& devices;
    const core::Clock& clock;
    std::uint64_t seed = 1;
    std::string deviation;              ///< of the simulated devices; empty for none
    std::vector<std::string> selection; ///< as it was asked for
    std::string clause_map = {};        ///< the file that clauses came from; empty for none
    /// Whether the samples were offered for cases that destroy them. Devices that can be renewed need no offer.
    bool may_destroy = false;
    Attendant attendant{};
    const Resumption* resumed = nullptr; ///< of the record that this run goes on with; null for a new one
    /// Called after each case: number of cases done, of all, and the case with its result.
    std::function<void(std::size_t, std::size_t, const Case&, const CaseResult&)> progress = nullptr;
};

/// What came out, by kind of verdict.
struct RunTotals {
    std::size_t pass = 0;
    std::size_t fail = 0;
    std::size_t observation = 0;
    std::size_t inconclusive = 0;
    std::size_t error = 0;
    std::size_t not_applicable = 0;
    std::size_t not_run = 0;
    std::string stopped; ///< why the run could not go on; empty where it came to its end
};

/// Runs the plan and writes the record. A case that tears a device which cannot be torn, or spends tries which
/// a real device does not have to spare, is not run;
/// after one that spent them, the procedures `restore-pin` and `restore-mac` set the device's counters back.
/// A run that goes on (RunContext::resumed) leaves out the cases that ended, and tells of the one that was cut off
/// whether it may be begun again. An Error where the record cannot be written, or is that of another run.
[[nodiscard]] core::Result<RunTotals> run(std::vector<PlannedCase> plan, const RunContext& context,
                                          RecordWriter& record);

} // namespace tongka::harness
