#pragma once

#include <span>

#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "simulator/issuer/sender.hpp"

namespace tongka::simulator {

/// WRITE KEY of a SAM: usage, version, algorithm, value; in clear, or enciphered with a MAC under the master control
/// key (standards.md 5.4 F).
[[nodiscard]] core::Result<void> send_sam_key(const Sender& sender, const core::NamedKey& key,
                                              core::Protection protection, const core::Key& control);

/// ADF 0017, 25 bytes: index of the key to pay with 1, issuer 8, receiver 8, start 4, expiry 4 (standards.md 3.4,
/// clauses.md J.1).
[[nodiscard]] core::Bytes sam_application_data(const core::SamProfile& profile, core::Byte index);

/// Brings a PSAM in service to the purchase keys and the index of the profile (docs/keys.md, roll-over): writes every
/// purchase key, then file 0017. Keys of the generations in `retired` that the PSAM has are written over with random
/// ones, so that they are gone from it too. A PSAM that was cut off in between goes on with the old index; do it again.
/// An Error, before a try of its master control key is spent, where the PSAM's serial number (MF 0015) is not the
/// profile's: its own keys are derived from that.
[[nodiscard]] core::Result<void> renew_psam(const Transmit& transmit, const core::Profile& profile,
                                            std::span<const core::Byte> retired, core::Random& random);

} // namespace tongka::simulator
