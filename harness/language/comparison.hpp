#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/check_result.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/expression.hpp"
#include "harness/language/scope.hpp"

namespace tongka::harness {

/// `check` and `when`: two byte strings of one width, compared as unsigned numbers; or a rule whose choices are words,
/// compared with one of them.
struct Comparison {
    enum class Operator : std::uint8_t { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

    core::document::Node source;
    Operator operation = Operator::equal;
    Expression left{};
    Expression right{};   ///< without `choice`
    std::string choice{}; ///< `left` is a rule of words, and this is the word
};

[[nodiscard]] core::Result<Comparison> parse_comparison(const core::document::Node& node, std::string_view what);

/// What is wrong with its names and widths, as far as that is known before the case runs.
[[nodiscard]] core::Result<void> check(const Comparison& comparison, Scope& scope);

/// Its word for ==, !=, …, or nothing for what is no operator.
[[nodiscard]] std::optional<Comparison::Operator> operator_of(std::string_view written);

/// Two values of one width: `left_written` and `right_written` are what stood for them; shown in hexadecimal, or as
/// numbers.
[[nodiscard]] CheckResult compare(Comparison::Operator operation, std::string_view left_written,
                                  const core::Bytes& left, std::string_view right_written, const core::Bytes& right,
                                  bool as_numbers = false);

/// An Error where a side has no value, or the widths differ.
[[nodiscard]] core::Result<CheckResult> compare(const Comparison& comparison, const Environment& environment);

} // namespace tongka::harness
