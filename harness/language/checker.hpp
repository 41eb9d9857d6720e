#pragma once

#include <cstddef>
#include <string_view>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/expression.hpp"
#include "harness/language/scope.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {

/// The type of an expression, or the first thing that is wrong with it, at the place of what is wrong: a name that is
/// not bound, a key where bytes belong, a width that does not fit. `source` is the scalar it was read from.
[[nodiscard]] core::Result<Type> check(const Expression& expression, const core::document::Node& source, Scope& scope);

[[nodiscard]] inline core::Result<Type> check(const Formula& formula, Scope& scope) {
    return check(formula.root, formula.source, scope);
}

/// The same, and it must be a byte string of `width` as far as that is known.
[[nodiscard]] core::Result<void> check_width(const Expression& expression, const core::document::Node& source,
                                             Scope& scope, std::size_t width);

} // namespace tongka::harness
