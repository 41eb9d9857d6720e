#pragma once

#include <memory>

#include "core/profile/profile.hpp"
#include "harness/device/actor.hpp"
#include "harness/device/open.hpp"

namespace tongka::harness {

/// Opens what a specification names for the role of a terminal, a file, a host or a reader: `sim:terminal`,
/// `sim:file`, `sim:host`, `sim:reader`, or what else open_actor.cpp lists. The Error for any other names what is
/// known.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> open_actor(std::string_view spec, Role role,
                                                              const core::Profile& profile, const OpenOptions& options);

/// "sim:file, PATH": what open_actor takes for this role; empty where nothing can stand for it.
[[nodiscard]] std::string actor_forms(Role role);

} // namespace tongka::harness
