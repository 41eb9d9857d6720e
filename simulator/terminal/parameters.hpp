#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "core/rules.hpp"
#include "simulator/terminal/blacklist.hpp"
#include "simulator/terminal/card_type.hpp"
#include "simulator/terminal/fares.hpp"

namespace tongka::simulator {

/// What a terminal is told by its city (clauses.md F: parameter tables 1901 to 1920; white list WL). Amounts in fen.
struct TerminalParameters {
    using City = std::array<core::Byte, 2>;
    /// The record of a composite file: identifier, or number where the rules say so.
    struct LocalComposite {
        std::uint16_t file = 0;
        core::Byte record = 0;
    };

    City city{};                               ///< BCD, its own
    bool any_city = false;                     ///< takes the cards of every city, whatever their flag
    std::array<core::Byte, 2> industry{};      ///< BCD, its own
    std::array<core::Byte, 6> pos{};           ///< its number
    std::array<core::Byte, 3> operator_code{}; ///< who runs it
    bool test = false;                         ///< its records are of a test
    Place place{};                             ///< where it stands
    std::set<City> white_list = {};            ///< other cities whose cards it takes
    std::set<std::array<core::Byte, 2>> interoperability =
        {};                           ///< values of the flag that allow it; opaque (clauses.md E)
    std::vector<CardType> types = {}; ///< none = all
    Blacklist blacklist = {};
    bool needs_enabled = false;          ///< byte 8 of file 0015 must not be 00 (rule enable-flag)
    std::uint32_t most_amount = 100'000; ///< of one purchase
    std::uint32_t least_balance = 0;     ///< before a purchase, and at entry
    std::uint32_t passback_seconds = 0;  ///< the same card does not do the same again so soon
    Fares fares = {};
    std::vector<TransferDiscount> discounts = {};
    core::Byte composite_record = 0x01;                 ///< of the file of the rule composite-file
    std::optional<LocalComposite> local_composite = {}; ///< for cards of the own city (clauses.md E: 0019)
    core::Rules rules = {};                             ///< of the cards and PSAMs

    /// The row of a card type; null where types are given and it is none of them, a row that allows all where none are.
    [[nodiscard]] const CardType* find_type(core::Byte main, core::Byte sub) const;
    /// Whether a card of another city may pay here; one of the own city always does.
    [[nodiscard]] bool takes_city(const City& other) const { return any_city || white_list.contains(other); }
    [[nodiscard]] bool takes_flag(const std::array<core::Byte, 2>& flag) const {
        return any_city || interoperability.contains(flag);
    }
};

/// Reads parameters from YAML (docs/terminal.md); `skipped` are lines of the blacklist that they name. Errors begin
/// with file:line:column.
[[nodiscard]] core::Result<TerminalParameters> load_parameters(const std::filesystem::path& path,
                                                               std::vector<SkippedLine>& skipped);

} // namespace tongka::simulator
