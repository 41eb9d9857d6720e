#pragma once

#include <string>
#include <vector>

#include "core/text.hpp"
#include "reports/compare.hpp"
#include "reports/compare_set_up.hpp"

namespace tongka::cli {

/// A run as it was named on the command line.
struct ComparedRun {
    std::string name;
    const reports::Summary& summary;
};

/// All that `tongka compare` tells.
struct Compared {
    ComparedRun before, after;
    reports::Comparison comparison;
    std::vector<reports::SetUpChange> set_up;
    reports::TimeChanges times;
};

[[nodiscard]] std::string compared_as_text(const Compared& compared, core::Language language);

/// As reports/schema/compare.schema.json has it.
[[nodiscard]] std::string compared_as_json(const Compared& compared);

} // namespace tongka::cli
