#include "core/rules.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/nearest.hpp"
#include "core/rules/composite.hpp"
#include "core/rules/keys.hpp"
#include "core/rules/purse.hpp"
#include "core/rules/security.hpp"

namespace tongka::core {
namespace {

constexpr auto count = static_cast<std::size_t>(Rule::count_);

using Table = std::array<RuleInfo, count>;

constexpr Table make_table() {
    Table table{};
    for (const std::span<const RuleInfo> group :
         {std::span<const RuleInfo>(composite_rules), std::span<const RuleInfo>(keys_rules),
          std::span<const RuleInfo>(purse_rules), std::span<const RuleInfo>(security_rules)})
        for (const RuleInfo& info : group)
            table[static_cast<std::size_t>(info.rule)] = info;
    return table;
}

constexpr Table table = make_table();

static_assert(std::size(composite_rules) + std::size(keys_rules) + std::size(purse_rules) + std::size(security_rules) ==
              count);
static_assert(std::ranges::none_of(table, [](const RuleInfo& info) { return info.choices.size() < 2; }),
              "each rule stands in one group, once");

constexpr bool marks_differ(const RuleInfo& info) {
    for (std::size_t i = 0; i < info.choices.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (Choice(info.choices[i]).mark() == Choice(info.choices[j]).mark())
                return false;
    return true;
}
static_assert(std::ranges::all_of(table, marks_differ));

constexpr auto default_marks = [] {
    std::array<std::uint32_t, count> marks{};
    for (const RuleInfo& info : table)
        marks[static_cast<std::size_t>(info.rule)] = Choice(info.choices.front()).mark();
    return marks;
}();

const RuleInfo* find(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &RuleInfo::name);
    return found == std::end(table) ? nullptr : found;
}

Error unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& info : table)
        names.push_back(info.name);
    return {fmt::format("there is no rule '{}'{}", name, suggest(name, names))};
}

} // namespace

std::span<const RuleInfo> rule_table() {
    return table;
}

Rules::Rules() : marks_(default_marks) {}

bool Rules::has_choice(Rule rule, Choice choice) {
    return std::ranges::any_of(table[static_cast<std::size_t>(rule)].choices,
                               [&](std::string_view text) { return Choice(text).mark() == choice.mark(); });
}

Result<void> Rules::set(std::string_view name, std::string_view choice) {
    const auto* info = find(name);
    if (!info)
        return fail(unknown(name));
    const auto found = std::ranges::find(info->choices, choice);
    if (found == info->choices.end())
        return fail(fmt::format("rule '{}' is one of {}, not '{}'", name, fmt::join(info->choices, ", "), choice));
    const auto index = static_cast<std::size_t>(info->rule);
    chosen_[index] = static_cast<std::uint8_t>(found - info->choices.begin());
    marks_[index] = Choice(choice).mark();
    return {};
}

Result<std::string_view> Rules::value(std::string_view name) const {
    const auto* info = find(name);
    if (!info)
        return fail(unknown(name));
    return value(info->rule);
}

} // namespace tongka::core
