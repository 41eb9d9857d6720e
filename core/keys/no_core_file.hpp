#pragma once

#include "core/result.hpp"

namespace tongka::core {

/// From now on the memory of this process, and of what it starts, goes into no core file, and no other process of the
/// same user can read it. For programs that hold keys; call it before the first of them.
[[nodiscard]] Result<void> forbid_core_files();

} // namespace tongka::core
