#include "harness/language/vocabulary.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/language/names.hpp"

namespace tongka::harness {

const core::RuleInfo* find_rule(std::string_view name) {
    const auto rules = core::rule_table();
    const auto found = std::ranges::find(rules, name, &core::RuleInfo::name);
    return found == rules.end() ? nullptr : &*found;
}

bool is_hex_valued(const core::RuleInfo& rule) {
    return std::ranges::all_of(rule.choices,
                               [](std::string_view choice) { return choice.size() % 2 == 0 && is_hex(choice); });
}

core::Error unknown_rule(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& rule : core::rule_table())
        names.push_back(rule.name);
    return {fmt::format("there is no rule '{}'{}", name, core::suggest(name, names))};
}

core::Error unknown_choice(const core::RuleInfo& rule, std::string_view choice) {
    return {fmt::format("'{}' is no choice of rule '{}'{}", choice, rule.name, core::suggest(choice, rule.choices))};
}

} // namespace tongka::harness
