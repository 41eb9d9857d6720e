#pragma once

#include <vector>

#include "core/result.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/model.hpp"

namespace tongka::harness {

/// Evaluates and binds `vars` or `let`, in order.
[[nodiscard]] core::Result<void> bind(const std::vector<Binding>& bindings, Environment& environment);

/// The names a called procedure starts with: its parameters, evaluated among the caller's names. An Error where one has
/// not the width that the procedure asks for, which the loader cannot know of an IXIT value.
[[nodiscard]] core::Result<Environment> enter(const Call& call, const Environment& caller);

/// Binds what the call gives, of the names that the procedure's steps bound; widths are checked as in enter().
[[nodiscard]] core::Result<void> leave(const Call& call, const Environment& procedure, Environment& caller);

} // namespace tongka::harness
