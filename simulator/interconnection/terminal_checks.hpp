#pragma once

#include <optional>
#include <vector>

#include "core/bytes.hpp"
#include "simulator/interconnection/outcome.hpp"

namespace tongka::simulator {

using CityCode = std::array<core::Byte, 2>;
using BcdDate = std::array<core::Byte, 4>; ///< YYYYMMDD

/// What a terminal knows of itself before a card comes.
struct TerminalTables {
    CityCode city{};
    std::vector<CityCode> white_list; ///< ascending; cities other than its own whose cards it takes
    BcdDate psam_start{};             ///< file 0017 of the PSAM
    BcdDate psam_expiry{};
};

/// Whether the interop flag (file 0015, offset 10) lets the card pay at a terminal of this city: at home always;
/// elsewhere with 0001, or where the flag is the code of that city. The last is inferred: one city's cards carry a city
/// code there (clauses.md E), other cities 0001.
[[nodiscard]] bool admits(CityCode flag, CityCode card_city, CityCode terminal_city);

/// What the terminal finds against a card before it begins a purchase: dates, interop flag, white list
/// (clauses.md J.3). `public_data` is file 0015, 30 bytes.
[[nodiscard]] std::optional<Verdict> find_against(const TerminalTables& terminal, core::BytesView public_data,
                                                  const BcdDate& today);

} // namespace tongka::simulator
