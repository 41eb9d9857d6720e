#pragma once

#include <memory>

#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "core/result.hpp"
#include "simulator/isam/isam.hpp"
#include "simulator/issuer/card_issuer.hpp"
#include "simulator/issuer/sender.hpp"
#include "simulator/psam/psam.hpp"

namespace tongka::simulator {

/// Personalises a blank PSAM or ISAM as the profile says, through CREATE FILE, WRITE KEY and UPDATE BINARY
/// (standards.md 3.4, 5.4 F). The master control key (SCK) goes first into each directory; all other keys follow under
/// it, enciphered with a MAC. An Error names the command that was refused, or the key that the profile lacks.
[[nodiscard]] core::Result<void> issue_psam(const Transmit& transmit, const core::Profile& profile);
[[nodiscard]] core::Result<void> issue_isam(const Transmit& transmit, const core::Profile& profile);

/// A simulated PSAM, without power: issued as the profile says, with the counter that the profile gives it; or blank.
[[nodiscard]] core::Result<std::unique_ptr<Psam>> make_psam(const core::Profile& profile,
                                                            std::unique_ptr<core::Random> random,
                                                            Deviations deviations = {},
                                                            Issue issue = Issue::personalised);
/// The same for an ISAM; an Error where the profile has none.
[[nodiscard]] core::Result<std::unique_ptr<Isam>> make_isam(const core::Profile& profile,
                                                            std::unique_ptr<core::Random> random,
                                                            Deviations deviations = {},
                                                            Issue issue = Issue::personalised);

} // namespace tongka::simulator
