#pragma once

#include <string_view>
#include <vector>

#include "harness/actor/file_set.hpp"
#include "harness/actor/judged_files.hpp"

namespace tongka::harness {

/// Where the files of a layout show what is looked for, in the order of files and lines; what was planted on purpose is
/// left out. `what` is a word of the action `find` (harness/language/actions_file.cpp); an Error for another.
[[nodiscard]] core::Result<std::vector<Sight>> find_in_files(const FileSet& set, JudgedFiles& judged,
                                                             const std::string& layout, std::string_view what);

/// The same for what one record tells alone, or a file as a whole; nullopt where `what` is none of these.
[[nodiscard]] std::optional<std::vector<Sight>> find_in_records(const FileSet& set, const std::string& layout,
                                                                std::string_view what);

} // namespace tongka::harness
