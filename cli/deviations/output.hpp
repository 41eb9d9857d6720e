#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"
#include "harness/run/deviation_matrix.hpp"

namespace tongka::cli {

/// A matrix as it is told: what was asked, what came of it, what it says.
struct MatrixOutput {
    const harness::MatrixRequest& request;
    const std::vector<harness::MatrixRun>& runs;
    const harness::MatrixJudgement& judgement;
    core::Language language;

    [[nodiscard]] bool is_well() const {
        return judgement.survivors.empty() && judgement.false_alarms.empty() && judgement.troubled.empty() &&
               judgement.idle.empty() && judgement.busy_and_kept.empty();
    }
};

/// The cases that caught a deviation on any setting, in the order of the suite.
struct CaughtBy {
    const harness::DeviationName* deviation = nullptr;
    std::vector<harness::Catch> cases = {};      ///< an observation only where it is one on every setting
    std::vector<std::string_view> settings = {}; ///< on which any case caught it
};

[[nodiscard]] std::vector<CaughtBy> caught_by(const MatrixOutput& output);

/// A line for each deviation: how many cases catch it, on which profiles, and the first of them.
[[nodiscard]] std::string text_by_deviation(const MatrixOutput& output);
/// The same with every case and its title: for a few deviations.
[[nodiscard]] std::string text_in_full(const MatrixOutput& output);
/// A line for each case: what it catches.
[[nodiscard]] std::string text_by_case(const MatrixOutput& output);
/// A row for each case, a column for each deviation: `x` a failure, `o` an observation.
[[nodiscard]] std::string csv_of(const MatrixOutput& output);
[[nodiscard]] std::string json_of(const MatrixOutput& output);
/// What the matrix says of the suite: one line, and one for each thing that is wrong.
[[nodiscard]] std::string verdict_of(const MatrixOutput& output);

} // namespace tongka::cli
