#pragma once

#include <memory>

#include "core/profile/profile.hpp"
#include "harness/device/actor.hpp"
#include "harness/device/open.hpp"

namespace tongka::harness {

/// The reference terminal (simulator/terminal), as something under test. It stands in the profile's city, takes no
/// other city's cards until it is told to, and has the fares of docs/terminal.md, "Under test". Its journal is in
/// memory: restart() keeps it. An Error for a deviation that terminals do not have.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> simulate_terminal(const core::Profile& profile,
                                                                     const OpenOptions& options);

} // namespace tongka::harness
