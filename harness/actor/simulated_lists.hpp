#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "harness/clearing/layout.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness {

inline constexpr std::array<clearing::TacKeys::City, 4> simulated_cities{
    {{0x21, 0x44}, {0x10, 0x00}, {0x20, 0x00}, {0x31, 0x00}}};

/// Adds the cards of `blacklist.txt`, which make_traffic leaves, and removes the file.
[[nodiscard]] core::Result<void> take_blacklist(const std::vector<clearing::Layout>& layouts,
                                                const std::filesystem::path& folder, std::vector<std::uint64_t>& into);

/// The second half of make_simulated_files: what is made out of FH, XF, DF and DT that stand in `folder` already.
[[nodiscard]] core::Result<void> write_simulated_lists(const std::vector<clearing::Layout>& layouts,
                                                       clearing::TacKeys& keys,
                                                       const std::vector<std::uint64_t>& blacklist,
                                                       const std::filesystem::path& folder);

} // namespace tongka::harness
