#include "harness/language/comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/text.hpp"
#include "harness/language/checker.hpp"
#include "harness/language/evaluator.hpp"
#include "harness/language/function.hpp"
#include "harness/language/parser.hpp"
#include "harness/language/vocabulary.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using Operator = Comparison::Operator;

struct OperatorWords {
    std::string_view written;
    std::string_view expected; ///< before the other value, in `expected`
    core::Text refused;        ///< between the two values, in a message
};

/// In the order of Comparison::Operator.
constexpr OperatorWords words[] = {
    {"==", "", {"，应为", ", not "}},
    {"!=", "anything but ", {"，不应为", ", and must be anything but "}},
    {"<", "less than ", {"，应小于", ", which is not less than "}},
    {"<=", "at most ", {"，应不大于", ", which is not at most "}},
    {">", "more than ", {"，应大于", ", which is not more than "}},
    {">=", "at least ", {"，应不小于", ", which is not at least "}},
};

const OperatorWords& words_of(Operator operation) {
    return words[static_cast<std::size_t>(operation)];
}

template <typename T>
bool holds(Operator operation, const T& left, const T& right) {
    switch (operation) {
    case Operator::equal:
        return left == right;
    case Operator::not_equal:
        return left != right;
    case Operator::less:
        return left < right;
    case Operator::less_or_equal:
        return left <= right;
    case Operator::greater:
        return left > right;
    case Operator::greater_or_equal:
        return left >= right;
    }
    return false;
}

/// The rule that an expression asks for, if its choices are words.
const core::RuleInfo* word_rule(const Expression& expression) {
    if (expression.kind != Expression::Kind::call || expression.function->name != "rule")
        return nullptr;
    const auto* rule = find_rule(expression.operands[0].name);
    return rule != nullptr && !is_hex_valued(*rule) ? rule : nullptr;
}

Result<void> parse_choice(Parser& parser, const core::RuleInfo& rule, const Token& operation, Comparison& comparison) {
    if (comparison.operation != Operator::equal && comparison.operation != Operator::not_equal)
        return fail(
            parser.error(operation, fmt::format("rule '{}' is a word: only == and != compare words", rule.name)));
    TONGKA_TRY(const auto choice, parser.take_hyphenated("a choice of the rule"));
    if (std::ranges::find(rule.choices, choice.text) == rule.choices.end())
        return fail(parser.error(choice, unknown_choice(rule, choice.text).message));
    comparison.choice = choice.text;
    return {};
}

/// "00000065 (start + amount)", or the value alone where it was written so.
Words with_source(const std::string& value, std::string_view written) {
    if (value == written)
        return Words::of_one(value);
    return {fmt::format("{}（{}）", value, written), fmt::format("{} ({})", value, written)};
}

CheckResult result_of(Operator operation, bool pass, std::string_view left_written, const std::string& left,
                      std::string_view right_written, const std::string& right) {
    const auto& text = words_of(operation);
    CheckResult result{.pass = pass, .expected = fmt::format("{}{}", text.expected, right), .received = left};
    if (!pass) {
        const auto wanted = with_source(right, right_written);
        result.message = {fmt::format("{}为{}{}{}", left_written, left, text.refused.zh, wanted.zh),
                          fmt::format("{} is {}{}{}", left_written, left, text.refused.en, wanted.en)};
    }
    return result;
}

} // namespace

Result<Comparison> parse_comparison(const core::document::Node& node, std::string_view what) {
    TONGKA_CHECK(node.as_text(what));
    Comparison comparison{.source = node};
    Parser parser(node);
    TONGKA_TRY(comparison.left, parser.expression());
    const auto operation = parser.take();
    const auto found = operator_of(operation.text);
    if (!found)
        return fail(
            parser.error(operation, fmt::format("one of == != < <= > >= is missing before {}", shown(operation))));
    comparison.operation = *found;
    if (const auto* rule = word_rule(comparison.left)) {
        TONGKA_CHECK(parse_choice(parser, *rule, operation, comparison));
    } else {
        TONGKA_TRY(comparison.right, parser.expression());
    }
    TONGKA_CHECK(parser.finish());
    return comparison;
}

Result<void> check(const Comparison& comparison, Scope& scope) {
    if (!comparison.choice.empty())
        return {};
    const auto& source = comparison.source;
    TONGKA_TRY(const auto left, check(comparison.left, source, scope));
    TONGKA_TRY(const auto right, check(comparison.right, source, scope));
    for (const auto& [side, type] : {std::pair(&comparison.left, left), std::pair(&comparison.right, right)})
        if (type.is_key())
            return fail(source.error_at(
                side->begin, fmt::format("'{}' is a key: only bytes are compared", side->written(source.text))));
    if (left.width && right.width && *left.width != *right.width)
        return fail(source.error_at(comparison.left.begin,
                                    fmt::format("'{}' has {} and '{}' {}: only values of one width are compared",
                                                comparison.left.written(source.text), count_bytes(*left.width),
                                                comparison.right.written(source.text), *right.width)));
    return {};
}

std::optional<Operator> operator_of(std::string_view written) {
    const auto* found = std::ranges::find(words, written, &OperatorWords::written);
    return found == std::end(words) ? std::nullopt : std::optional(static_cast<Operator>(found - std::begin(words)));
}

CheckResult compare(Operator operation, std::string_view left_written, const core::Bytes& left,
                    std::string_view right_written, const core::Bytes& right, bool as_numbers) {
    const bool pass = holds(operation, left, right);
    if (as_numbers) {
        const auto number = std::to_string(core::read_big_endian(right));
        return result_of(operation, pass, left_written, std::to_string(core::read_big_endian(left)),
                         right_written == fmt::format("u32({})", number) ? number : right_written, number);
    }
    auto result = result_of(operation, pass, left_written, core::to_hex(left), right_written, core::to_hex(right));
    if (!pass && operation == Operator::equal) {
        auto difference = left;
        std::ranges::transform(left, right, difference.begin(), std::bit_xor<core::Byte>{});
        result.difference = core::to_hex(difference);
    }
    return result;
}

Result<CheckResult> compare(const Comparison& comparison, const Environment& environment) {
    const auto& source = comparison.source;
    if (!comparison.choice.empty()) {
        TONGKA_TRY(const auto value, environment.lookup().rule(comparison.left.operands[0].name));
        return result_of(comparison.operation, holds(comparison.operation, value, comparison.choice),
                         comparison.left.written(source.text), value, comparison.choice, comparison.choice);
    }
    TONGKA_TRY(const auto left, evaluate_bytes(comparison.left, source, environment));
    TONGKA_TRY(const auto right, evaluate_width(comparison.right, source, environment, left.size()));
    return compare(comparison.operation, comparison.left.written(source.text), left,
                   comparison.right.written(source.text), right);
}

} // namespace tongka::harness
