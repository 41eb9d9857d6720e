#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/device/deviations.hpp"
#include "harness/run/run.hpp"

namespace tongka::harness {

/// A profile with what its devices declare.
struct Setting {
    std::string name;
    core::Profile profile;
    Declaration declaration;
};

/// A case that told a wrong device from a right one.
struct Catch {
    const Case* test_case = nullptr;
    bool observation = false; ///< it breaks inferred requirements alone
};

/// Simulated devices, one of them with a deviation or all of them right, on the cases of one setting.
struct MatrixRun {
    const Setting* setting = nullptr;
    Role role = Role::card;                      ///< whose fault it is; of right devices: which cases were run
    std::optional<DeviationName> deviation = {}; ///< none: all devices are right
    std::vector<Catch> caught = {};
    std::vector<const Case*> open = {}; ///< inconclusive or in error: they said nothing
    std::vector<const Case*> ran = {};
    std::string trouble = {}; ///< why the run could not be made, or not to its end; empty where it was
};

struct MatrixRequest {
    const LoadedSuite& suite;
    std::span<const Setting> settings;
    std::span<const DeviationName> deviations;
    std::vector<std::string> selection = {}; ///< of cases, as for make_plan
    std::filesystem::path layouts;           ///< of clearing files
    const core::Clock& clock;
    unsigned jobs = 1;
    /// Setting after setting, and on each but the first only what is still to be shown: the deviations that nothing has
    /// caught so far on all cases, the others on the cases that have caught nothing so far. What judge() says of
    /// survivors, false alarms and cases is the same, in a fraction of the time.
    bool until_shown = false;
    /// Called as runs end, from any thread but one at a time: number done, of all.
    std::function<void(std::size_t, std::size_t)> progress = {};
};

/// Runs every deviation on every setting, and right devices on each: everything in this process, nothing recorded.
/// Cases follow each other on one device, as in `tongka run --deviation`; one that came to no verdict, since a case
/// before it has spoilt the device, is run once more on a new one. Clearing files and readers know no profile,
/// so their deviations are run on the first setting alone. The runs come in the order of deviations, right devices first.
[[nodiscard]] std::vector<MatrixRun> run_matrix(const MatrixRequest& request);

/// What a matrix says of the suite.
struct MatrixJudgement {
    std::vector<DeviationName> survivors;       ///< no case of any setting caught them
    std::vector<const MatrixRun*> false_alarms; ///< right devices that failed a case, or could not be run
    std::vector<const MatrixRun*> troubled;     ///< wrong devices whose cases could not be run to the end
    std::vector<const Case*> idle;              ///< caught nothing anywhere, and say not why they are kept
    std::vector<const Case*> busy_and_kept;     ///< say why they are kept though nothing is caught, and catch something
};

[[nodiscard]] MatrixJudgement judge(std::span<const MatrixRun> runs, const MatrixRequest& request);

} // namespace tongka::harness
