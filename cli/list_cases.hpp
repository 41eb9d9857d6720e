#pragma once

#include <string>
#include <vector>

#include "cli/set_up.hpp"
#include "cli/table.hpp"
#include "core/text.hpp"

namespace tongka::cli {

/// Which cases to list, and by which run to tell what would become of them.
struct CasesWanted {
    std::vector<std::string> selection;
    SetUpOptions set_up;
    bool profile_named = false;

    [[nodiscard]] bool wants_plan() const;
};

/// The cases; where a plan is wanted, whether each would run, and why not, as `tongka run` plans it. What only the run
/// itself can tell (what the device can do, samples, tries, an operator) is not told.
[[nodiscard]] core::Result<Table> list_cases(const CasesWanted& wanted, core::Language language);

} // namespace tongka::cli
