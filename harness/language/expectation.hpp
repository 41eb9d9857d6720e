#pragma once

#include <string>
#include <vector>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/actions.hpp"
#include "harness/language/check_result.hpp"
#include "harness/language/comparison.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/scope.hpp"

namespace tongka::harness {

/// What one result of an action must be: `refused | unknown`, `not accepted`, `u32(100)`, `>= u32(100)`, or `none`: it
/// must not be given.
struct Expectation {
    enum class Form : std::uint8_t { words, bytes, none };

    core::document::Node source;
    const ActionSlot* slot = nullptr;
    Form form = Form::none;
    std::vector<std::string> words{}; ///< one of them, or
    bool negated = false;             ///< none of them
    Comparison::Operator operation = Comparison::Operator::equal;
    Expression right{};
};

[[nodiscard]] core::Result<Expectation> parse_expectation(const core::document::Node& node, const ActionSlot& slot);

/// What is wrong with its names and widths.
[[nodiscard]] core::Result<void> check(const Expectation& expectation, Scope& scope);

/// Holds the result against it; one that was not given fits `none` alone. An Error where the expression has no value.
[[nodiscard]] core::Result<CheckResult> compare(const Expectation& expectation, const Values& results,
                                                const Environment& environment);

/// The check of a result that was asked for and not given.
[[nodiscard]] CheckResult not_given(std::string_view result, std::string_view expected);

} // namespace tongka::harness
