#pragma once

#include <filesystem>
#include <set>
#include <vector>

#include "harness/clearing/record_reader.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness::clearing {

/// The cards of a blacklist, sorted, none twice. Lines that cannot be read are Faults, and the others count.
[[nodiscard]] core::Result<std::vector<std::uint64_t>> read_blacklist(const std::filesystem::path& path,
                                                                      const Layout& layout, const FaultSink& faults);

/// City codes of four digits, one a line; `#` begins a comment. An Error with file and line for another line.
[[nodiscard]] core::Result<std::vector<TacKeys::City>> read_cities(const std::filesystem::path& path);

} // namespace tongka::harness::clearing
