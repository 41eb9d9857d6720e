#pragma once

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/model.hpp"
#include "harness/language/reader.hpp"
#include "harness/language/scope.hpp"

/// The step `do` (docs/cases.md): an action of a thing under test.
namespace tongka::harness {

/// Reads one for the role that does it: names and words are held against its table.
[[nodiscard]] core::Result<Action> read_do(const core::document::Node& node, Role actor, const StepOwner& owner);

/// What is wrong with its names and widths; binds what it gives.
[[nodiscard]] core::Result<void> check_do(const Do& step, Scope& scope);

/// The arguments with their values. An Error where one has no value, or another width than the table asks for.
[[nodiscard]] core::Result<Values> arguments_of(const Do& step, const Environment& environment);

} // namespace tongka::harness
