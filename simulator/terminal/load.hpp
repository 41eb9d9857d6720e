#pragma once

#include <array>

#include "simulator/issuer/host/load_service.hpp"
#include "simulator/terminal/ask.hpp"

namespace tongka::simulator {

/// How a load of the EP ended.
struct LoadOutcome {
    LoadState state = LoadState::authorised;
    std::optional<Refusal> refusal = std::nullopt; ///< why the host did not authorise it, or did not take the TAC
    std::uint32_t old_balance = 0;
    std::uint32_t new_balance = 0; ///< as the card must have it now; of a load that is booked
    core::Mac tac{};
    std::uint16_t counter = 0;             ///< the card's online counter before it
    std::array<core::Byte, 7> date_time{}; ///< what the host put into MAC2
};

/// Terminal number and key index of a load.
struct LoadTerminal {
    std::array<core::Byte, 6> number{};
    core::Byte key_index = 1;
};

/// The card's application serial number, from file 0015 of the application, which it selects.
[[nodiscard]] core::Result<Asn> read_asn(const Transmit& card);

/// Loads the EP of the city card behind the line through the host (standards.md 7.3). A load of this purse that was cut
/// off before is settled first, by GET TRANSACTION PROVE or a new INITIALIZE (standards.md 7.6). An Error names the
/// step that had no answer; what the host has on hold then is settled by the next load or by recover_load. The PIN is
/// for a card that wants it before a load (rule load-needs-pin), as VERIFY sends it; empty: it is not sent.
[[nodiscard]] core::Result<LoadOutcome> load(const Transmit& card, LoadService& host, const LoadTerminal& terminal,
                                             std::uint32_t amount, core::BytesView pin = {});

/// Settles the load of the EP that was cut off; none where there is none.
[[nodiscard]] core::Result<std::optional<LoadState>>
recover_load(const Transmit& card, LoadService& host, const LoadTerminal& terminal, core::BytesView pin = {});

} // namespace tongka::simulator
