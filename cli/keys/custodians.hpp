#pragma once

#include <string>
#include <vector>

#include "core/keys/component_file.hpp"
#include "core/result.hpp"

namespace tongka::cli {

/// Splits keys and writes `DIR/component-N-of-COUNT.keys` for each custodian, under a pass phrase of their own: the
/// first line of their file in `pass_files`, or typed. Files that were written are removed when a later one fails.
/// Gives the lines to print.
[[nodiscard]] core::Result<std::string> write_components(const std::string& folder, const core::KeyOwner& owner,
                                                         const std::vector<core::KeyEntry>& keys, unsigned count,
                                                         const std::vector<std::string>& pass_files,
                                                         core::Random& random);

/// Reads component files, each under its custodian's pass phrase.
[[nodiscard]] core::Result<std::vector<core::ComponentSet>> read_components(const std::vector<std::string>& files,
                                                                            const std::vector<std::string>& pass_files);

} // namespace tongka::cli
