#pragma once

#include "simulator/interconnection/members.hpp"

namespace tongka::simulator {

struct MemberTapRequest {
    std::uint32_t amount = 0; ///< in fen
    std::array<core::Byte, 7> date_time{};
};

/// The card comes into the field of the terminal: the terminal's checks, a purchase, and what the card's home city
/// finds in the record of it. Uses both alone.
[[nodiscard]] Outcome tap(MemberCard& card, MemberTerminal& terminal, const MemberTapRequest& request);

} // namespace tongka::simulator
