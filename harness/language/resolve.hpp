#pragma once

#include "core/result.hpp"
#include "harness/language/model.hpp"

namespace tongka::harness {

/// Binds every call to its procedure and sees to everything that is known before a case runs: names bound once and
/// before they are used, widths, parameters given and used, returns bound, devices declared, no circle of procedures.
[[nodiscard]] core::Result<void> resolve(Suite& suite);

} // namespace tongka::harness
