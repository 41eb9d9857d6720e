#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "core/rules.hpp"

namespace tongka::simulator {

/// What a terminal is told by its city (clauses.md F: parameter tables 1901, 1912, 1919; white list WL).
struct TerminalParameters {
    using City = std::array<core::Byte, 2>;

    City city{};                    ///< BCD, its own
    std::set<City> white_list = {}; ///< other cities whose cards it takes
    std::set<std::array<core::Byte, 2>> interoperability =
        {};                                                 ///< values of the flag that allow it; opaque (clauses.md E)
    std::set<std::pair<core::Byte, core::Byte>> types = {}; ///< main and sub type; none = all
    std::vector<std::uint64_t> blacklist = {};              ///< ASNs, sorted
    bool needs_enabled = false;                             ///< byte 8 of file 0015 must not be 00 (rule enable-flag)
    std::uint32_t most_amount = 100'000;                    ///< in fen, of one purchase
    std::uint32_t least_balance = 0;                        ///< in fen, before the purchase
    core::Rules rules = {};                                 ///< of the cards and PSAMs: maintenance keys, proofs
};

/// A line that is no card, and was skipped.
struct SkippedLine {
    std::size_t line = 0;
    std::string text;
};

/// A blacklist for a terminal: sixteen hexadecimal digits (ASN) a line, blanks and what stands behind `#` do not
/// count. Lines of another form are skipped and told.
[[nodiscard]] core::Result<std::vector<std::uint64_t>> read_terminal_blacklist(const std::filesystem::path& path,
                                                                               std::vector<SkippedLine>& skipped);

/// Reads parameters from YAML (docs/terminal.md); `skipped` are lines of the blacklist that they name. Errors begin
/// with file:line:column.
[[nodiscard]] core::Result<TerminalParameters> load_parameters(const std::filesystem::path& path,
                                                               std::vector<SkippedLine>& skipped);

} // namespace tongka::simulator
