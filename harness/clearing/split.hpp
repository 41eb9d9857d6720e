#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "harness/clearing/check.hpp"

namespace tongka::harness::clearing {

struct SplitSetup {
    const Layout* home = nullptr;  ///< DF
    const Layout* trade = nullptr; ///< DT
    const Layout* codes = nullptr; ///< EC; null: the codes are not listed
    std::array<core::Byte, 4> settle_date{};
    std::uint64_t first_serial = 1; ///< of the centre
};

struct Split {
    Amount settled;
    Amount refused;
    std::uint64_t bad_lines = 0; ///< no card and no city can be told of them: in no file
    std::uint64_t home_files = 0;
    std::uint64_t trade_files = 0;
};

/// Makes the files that the centre sends (clauses.md A.2) out of files that were checked: for the home city of each
/// accepted record a DF record, for the trading city of every record a DT record with settle state 000000, or the
/// refusal code (its six digits are our reading). Each has a serial of the centre; DF and DT of one record have the
/// same. An EC file lists the codes that are used. An Error where count or sum of a pair of cities does not come out as
/// it was checked, or a file is there already.
[[nodiscard]] core::Result<Split> split(const std::vector<std::filesystem::path>& files, const Layout& layout,
                                        const Findings& findings, const SplitSetup& setup,
                                        const std::filesystem::path& folder);

} // namespace tongka::harness::clearing
