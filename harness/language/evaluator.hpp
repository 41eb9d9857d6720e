#pragma once

#include <cstddef>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/expression.hpp"
#include "harness/language/value.hpp"

namespace tongka::harness {

/// The value of an expression that the loader has checked. What cannot be told before is an Error with its place: a
/// number that does not fit, a name that was not bound after all, a key that the profile does not have.
[[nodiscard]] core::Result<Value> evaluate(const Expression& expression, const core::document::Node& source,
                                           const Environment& environment);

[[nodiscard]] inline core::Result<Value> evaluate(const Formula& formula, const Environment& environment) {
    return evaluate(formula.root, formula.source, environment);
}

/// The same for an expression that must give bytes.
[[nodiscard]] core::Result<core::Bytes> evaluate_bytes(const Expression& expression, const core::document::Node& source,
                                                       const Environment& environment);

/// The same, of this width.
[[nodiscard]] core::Result<core::Bytes> evaluate_width(const Expression& expression, const core::document::Node& source,
                                                       const Environment& environment, std::size_t width);

} // namespace tongka::harness
