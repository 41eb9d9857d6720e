#pragma once

#include <string>
#include <vector>

#include "reports/summary.hpp"

namespace tongka::reports {

/// Something of the set-up that is not the same in two runs; empty where one of them does not have it.
struct SetUpChange {
    std::string what; ///< `suite.sha256`, `rule.log-counter`, `device.card.atr`
    std::string before, after;
};

/// In the order of the header. That they started at different times goes without saying.
[[nodiscard]] std::vector<SetUpChange> set_up_changes(const Header& before, const Header& after);

} // namespace tongka::reports
