#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/bytes.hpp"

namespace tongka::simulator {

/// A place where cards are tapped: line and station, as composite records have them (clauses.md E).
struct Place {
    core::Byte line = 0;
    core::Byte station = 0;
    auto operator<=>(const Place&) const = default;
};

/// What a ride costs (inferred: the public sources have fares of one table or another in every city). Amounts in fen.
struct Fares {
    enum class Kind : std::uint8_t { segment, time };

    /// Up to this distance, both included: that fare.
    struct Segment {
        std::uint32_t metres = 0;
        std::uint32_t fare = 0;
    };

    Kind kind = Kind::segment;
    std::uint32_t highest = 0; ///< no ride costs more, and one whose entry is not known costs this

    /// Metres from the place where the lines meet; negative on its other side.
    std::map<Place, std::int32_t> stations = {};
    std::vector<Segment> segments = {}; ///< ascending; beyond the last: `highest`

    std::uint32_t free_minutes = 0; ///< a ride no longer than that costs nothing
    std::uint32_t unit_minutes = 0; ///< each one begun, from the entry on, costs `unit_fare`
    std::uint32_t unit_fare = 0;

    std::uint32_t longest_minutes = 24 * 60; ///< an entry that is older was never closed
    bool charges_forgotten = true;           ///< takes `highest` where an entry or an exit is missing; false: refuses

    /// Nothing where one of the places is not in the table.
    [[nodiscard]] std::optional<std::uint32_t> fare(const Place& entry, const Place& exit, std::uint32_t minutes) const;
};

/// Table 1920: who comes from this operator within so many minutes pays less. That the percentage is what is taken
/// off, and the amount after it, is inferred.
struct TransferDiscount {
    std::array<core::Byte, 3> operator_code{};
    std::uint16_t minutes = 0;
    std::uint16_t percent = 0;
    std::uint16_t amount = 0; ///< in fen

    /// Of a fare; never more than it.
    [[nodiscard]] std::uint32_t concession(std::uint32_t fare) const;
};

} // namespace tongka::simulator
