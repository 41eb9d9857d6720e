#pragma once

#include <vector>

#include "core/document/node.hpp"
#include "core/profile/profile.hpp"

namespace tongka::core {

/// The list `files` of a card. An Error for a directory that was not listed before what is in it or is deeper than the
/// three levels there may be, for two files with one id in one directory or a reserved id, for a size of 0, for a
/// content that does not fit its file, and where there is no directory for the application.
[[nodiscard]] Result<std::vector<FileProfile>> read_files(const document::Node& node, const CardProfile& card);

} // namespace tongka::core
