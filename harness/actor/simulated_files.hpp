#pragma once

#include <filesystem>

#include "harness/clearing/layout.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness {

/// The files of a right back end, written into an empty folder: a day's uploads (FH) of a network of four cities with
/// some errors on purpose (`planted.csv`), what the centre made of them (DF, DT, SA, EC, WL), uploads of a merchant
/// with what its city answered (XF, SS, QS, NS), lists of cards, and records of other forms in folders that bear a
/// layout's name. The same seed makes the same files. `keys` are those of the national centre.
[[nodiscard]] core::Result<void> make_simulated_files(const std::vector<clearing::Layout>& layouts,
                                                      clearing::TacKeys& keys, std::uint64_t seed,
                                                      const std::filesystem::path& folder);

/// The day they are of: nothing is later.
inline constexpr std::array<core::Byte, 7> end_of_simulated_day{0x20, 0x26, 0x11, 0x22, 0x23, 0x59, 0x59};

} // namespace tongka::harness
