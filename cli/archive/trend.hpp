#pragma once

#include "cli/archive/archive.hpp"

namespace tongka::cli {

/// Gives each verdict of a case the member `was`, the verdict of the same sample's run before it, where that is another
/// one.
void mark_changes(Archive::Rows& rows);

} // namespace tongka::cli
