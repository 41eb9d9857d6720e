#pragma once

#include <cstdint>
#include <string>

#include "core/bytes.hpp"

namespace tongka::simulator {

/// What a terminal is told of a card type: tables 1912 (accepted), 1913 (properties), 1914 (load rules) and 1919
/// (limits) of clauses.md F, one row of each. Amounts in fen.
struct CardType {
    core::Byte main_type = 0;
    core::Byte sub_type = 0;
    std::string name = {};             ///< 16 bytes at most
    bool sale = true;                  ///< may pay (1913 bit 7)
    bool load = true;                  ///< may be loaded (1913 bit 6; 1914)
    std::uint16_t first_minimum = 0;   ///< least amount of a first load
    std::uint16_t unit = 0;            ///< a load is a multiple of it; 0 = any
    std::uint32_t most_load = 0;       ///< of one load; 0 = any
    std::uint32_t most_balance = 0;    ///< after a load; 0 = any
    std::uint32_t extension_days = 0;  ///< a load moves the expiry date so far
    std::uint16_t minimum_balance = 0; ///< at entry, and before a purchase
    std::uint16_t most_overdraft = 0;

    [[nodiscard]] bool is(core::Byte main, core::Byte sub) const { return main_type == main && sub_type == sub; }
};

} // namespace tongka::simulator
