#pragma once

#include <string_view>
#include <vector>

#include "harness/actor/file_set.hpp"
#include "harness/actor/judged_files.hpp"

namespace tongka::harness {

/// Files of different layouts held against one another.
struct Match {
    std::uint32_t compared = 0; ///< records
    std::vector<Sight> differ;
};

/// `what` is a word of the action `match` (harness/language/actions_file.cpp); an Error for another.
[[nodiscard]] core::Result<Match> match_files(const FileSet& set, JudgedFiles& judged, std::string_view what);

/// What the settlement made of the records that were given an error on purpose (`planted.csv`).
struct Settled {
    std::uint32_t planted = 0;
    std::uint32_t told = 0;    ///< records with their keys that come back, beside those of the good ones
    std::uint32_t refused = 0; ///< of these, with a code
    std::uint32_t paid = 0;    ///< of these, without
    std::vector<unsigned> codes{};
};

/// Of FH the codes stand in DT, of XF in SS. A record that was planted twice over is told apart by nothing from the
/// good one it copies: one good record for each key counts as paid.
[[nodiscard]] core::Result<Settled> settled_of(const FileSet& set, std::string_view layout, std::string_view plant);

} // namespace tongka::harness
