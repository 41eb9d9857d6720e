#pragma once

#include "core/profile/profile.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// How the chip of a user card shows itself: over its antenna, its contacts, or the first and then the other. Its
/// historical bytes are those of standards.md 2.1 and 2.2 with the serial number of the chip.
[[nodiscard]] std::vector<Appearance> faces_of(const core::CardProfile& profile);

/// The answer to reset of a contact chip: T=0 alone (3B 6D 00 00 …, standards.md 2.1) or T=1 alone (with TA3 IFSC 254,
/// TB3 and the check byte of ISO/IEC 7816-3 8.2.5). At most 15 historical bytes.
[[nodiscard]] core::Bytes contact_atr(Protocol protocol, core::BytesView historical);

/// What PC/SC readers show for a contactless card (PC/SC part 3, 3.1.3.2.3.1): 3B 8n 80 01, the historical bytes of the
/// ATS, and a check byte over all but the first.
[[nodiscard]] core::Bytes pseudo_atr(core::BytesView historical);

} // namespace tongka::simulator
