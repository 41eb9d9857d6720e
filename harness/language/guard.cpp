#include "harness/language/guard.hpp"

#include <algorithm>
#include <map>

#include "core/hex.hpp"
#include "harness/language/comparison.hpp"
#include "harness/language/function.hpp"
#include "harness/language/vocabulary.hpp"

namespace tongka::harness {
namespace {

using Operator = Comparison::Operator;

std::uint64_t all_choices(const core::RuleInfo& rule) {
    return (std::uint64_t{1} << rule.choices.size()) - 1;
}

/// The choices with which `rule(…) == …` holds; a rule of hex is compared by its value.
std::uint64_t choices_that_equal(const core::RuleInfo& rule, const Comparison& when) {
    std::uint64_t choices = 0;
    for (std::size_t i = 0; i < rule.choices.size(); ++i) {
        const auto value = core::from_hex(rule.choices[i]);
        if (when.choice.empty() ? value && *value == when.right.literal : rule.choices[i] == when.choice)
            choices |= std::uint64_t{1} << i;
    }
    return choices;
}

/// The choices of a rule with which all guards about it hold.
std::uint64_t choices_left(const Guards& guards, const core::RuleInfo& rule) {
    auto choices = all_choices(rule);
    for (const auto& guard : guards)
        if (guard.rule == &rule)
            choices &= guard.choices;
    return choices;
}

bool is_implied(const Guard& guard, const Guards& in_force) {
    if (guard.rule != nullptr)
        return (choices_left(in_force, *guard.rule) & ~guard.choices) == 0;
    return std::ranges::find(in_force, guard.text, &Guard::text) != in_force.end();
}

} // namespace

Guard guard_of(const Comparison& when) {
    Guard guard{.text = when.source.text};
    const bool asks_rule = when.left.kind == Expression::Kind::call && when.left.function->name == "rule";
    const bool for_choice = !when.choice.empty() || when.right.kind == Expression::Kind::literal;
    const bool for_equality = when.operation == Operator::equal || when.operation == Operator::not_equal;
    if (!asks_rule || !for_choice || !for_equality)
        return guard;
    guard.rule = find_rule(when.left.operands[0].name);
    if (guard.rule == nullptr)
        return guard;
    const auto equal = choices_that_equal(*guard.rule, when);
    guard.choices = when.operation == Operator::equal ? equal : all_choices(*guard.rule) & ~equal;
    return guard;
}

bool exclude(const Guards& a, const Guards& b) {
    return std::ranges::any_of(a, [&](const Guard& guard) {
        return guard.rule != nullptr && (choices_left(a, *guard.rule) & choices_left(b, *guard.rule)) == 0;
    });
}

bool is_sure(const std::vector<const Guards*>& places, const Guards& in_force) {
    std::map<const core::RuleInfo*, std::uint64_t> covered;
    for (const auto* place : places) {
        Guards open;
        std::ranges::copy_if(*place, std::back_inserter(open),
                             [&](const Guard& guard) { return !is_implied(guard, in_force); });
        if (open.empty())
            return true;
        // Places that differ in one rule alone cover its choices together.
        const auto* rule = open.front().rule;
        if (rule != nullptr && std::ranges::all_of(open, [&](const Guard& guard) { return guard.rule == rule; }))
            covered[rule] |= choices_left(open, *rule);
    }
    return std::ranges::any_of(
        covered, [&](const auto& entry) { return (choices_left(in_force, *entry.first) & ~entry.second) == 0; });
}

std::string to_string(const Guards& guards) {
    std::string text;
    for (const auto& guard : guards)
        text += (text.empty() ? "" : " and ") + guard.text;
    return text;
}

} // namespace tongka::harness
