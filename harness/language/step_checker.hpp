#pragma once

#include <vector>

#include "core/result.hpp"
#include "harness/language/model.hpp"
#include "harness/language/scope.hpp"

namespace tongka::harness {

/// Follows names and widths through steps whose calls are bound to procedures; `devices` are those of the owner.
[[nodiscard]] core::Result<void> check_steps(const std::vector<Step>& steps, const std::vector<Role>& devices,
                                             Scope& scope);

[[nodiscard]] core::Result<void> check_bindings(const std::vector<Binding>& bindings, Scope& scope);

} // namespace tongka::harness
