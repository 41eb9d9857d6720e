#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "harness/clearing/check.hpp"

namespace tongka::harness::clearing {

struct AdjustSetup {
    const Layout* home = nullptr;       ///< DF
    const Layout* trade = nullptr;      ///< DT: of the list
    const Layout* adjustment = nullptr; ///< SA
    std::array<core::Byte, 4> settle_date{};
};

/// Takes refused records up again (clauses.md A.2: a refused DT row becomes accepted, with the SA file's settle date).
/// `list` is a DT file, or a part of one, with the rows that somebody has decided on; `files` are the uploads that the
/// records stood in. Makes SA files for the trading cities, under the serials of the rows; and, since the home cities
/// have to pay now, DF files for them (inferred). Gives what was taken up. An Error, and no file, where a row was
/// settled already, stands there twice or is in none of the uploads.
[[nodiscard]] core::Result<Amount> adjust(const std::vector<std::filesystem::path>& files, const Layout& layout,
                                          const std::filesystem::path& list, const AdjustSetup& setup,
                                          const std::filesystem::path& folder);

} // namespace tongka::harness::clearing
