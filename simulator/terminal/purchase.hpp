#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "simulator/terminal/ask.hpp"

namespace tongka::simulator {

/// What a terminal keeps of a purchase (standards.md 7.8; clauses.md J.4).
struct PurchaseRecord {
    std::array<core::Byte, 8> asn{};
    std::array<core::Byte, 2> city{};
    core::Byte key_index = 0;
    core::Byte key_version = 0;
    core::Byte algorithm = 0;
    core::Byte type = 0;       ///< TTI
    std::uint16_t counter = 0; ///< the card's offline counter before the purchase
    std::uint32_t balance_before = 0;
    std::uint32_t amount = 0;
    std::array<core::Byte, 6> terminal{};
    std::array<core::Byte, 10> psam{}; ///< its serial number
    std::array<core::Byte, 4> terminal_serial{};
    std::array<core::Byte, 7> date_time{}; ///< BCD YYYYMMDDhhmmss
    std::array<core::Byte, 4> tac{};
    std::array<core::Byte, 4> mac2{};
    std::string unconfirmed = {}; ///< why the PSAM has not found MAC2 right, though the card has paid; else empty
};

struct PurchaseRequest {
    std::uint32_t amount = 0; ///< in fen
    std::array<core::Byte, 7> date_time{};
};

/// A plain purchase from the EP of a city card at a PSAM of the housing ministry's layout, step by step as terminals do
/// it (standards.md 7.1; clauses.md J.3). Both devices may come in any state. The key index to pay with is the PSAM's
/// (file 0017); the city is the card's (file 0015), so that a card of another city pays as well. An Error names the
/// step that was refused, and no debit was answered; once the card has answered it, there is a record.
[[nodiscard]] core::Result<PurchaseRecord> purchase(const Transmit& card, const Transmit& psam,
                                                    const PurchaseRequest& request);

} // namespace tongka::simulator
