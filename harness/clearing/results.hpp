#pragma once

#include <filesystem>
#include <vector>

#include "harness/clearing/check.hpp"

namespace tongka::harness::clearing {

/// What is left of a check on disk.
struct Results {
    std::uint64_t accepted = 0;
    std::uint64_t set_aside = 0; ///< refused, and bad lines
    std::uint64_t notices = 0;
    std::uint64_t file_faults = 0;
};

/// Writes into `folder`: `accepted/`, the files with the records that were accepted; `set-aside.csv`, every other
/// record as it stood, with file, line, code and reason; `files.csv`, what is wrong with headers, counts and names, and
/// which file came twice; `notices.csv`; `totals.csv`. Files are called as labels() says. Every record of the input
/// stands in `accepted/` or in `set-aside.csv`, never in both: an Error if that did not come out. With several threads
/// (`jobs`) the same bytes are written as with one.
[[nodiscard]] core::Result<Results> write_results(const std::vector<std::filesystem::path>& files, const Layout& layout,
                                                  const Findings& findings, const std::filesystem::path& folder,
                                                  unsigned jobs);

} // namespace tongka::harness::clearing
