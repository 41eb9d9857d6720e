#pragma once

#include <string_view>

#include "cli/lab/keeper.hpp"

namespace tongka::cli {

/// What keep_inside sends through the link once all readers have their cards.
inline constexpr std::string_view ready_message = "ready";

/// The error of keep_inside where the system refuses namespaces: it begins so, and the reason follows.
inline constexpr std::string_view refused = "namespaces are refused here: ";

/// The life of the keeper: becomes who the plan says, enters the namespaces, starts pcscd, puts the cards in, and
/// serves the control socket until the other end of `link` is closed. pcscd has ended when it returns.
[[nodiscard]] core::Result<void> keep_inside(LabPlan& plan, Workspace& workspace, int link);

} // namespace tongka::cli
