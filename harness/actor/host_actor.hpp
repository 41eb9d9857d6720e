#pragma once

#include <memory>

#include "core/profile/profile.hpp"
#include "harness/device/actor.hpp"
#include "harness/device/open.hpp"

namespace tongka::harness {

/// The load host (simulator/issuer/service) of the profile's city, in process, as something under test: its book knows
/// the profile's card, its load SAM, an account with money, and the terminals 000000000009 and 000000000008. An Error
/// for a profile without an ISAM, and for a deviation that hosts do not have.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> simulate_host(const core::Profile& profile,
                                                                 const OpenOptions& options);

} // namespace tongka::harness
