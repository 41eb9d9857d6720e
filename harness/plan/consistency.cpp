#include "harness/plan/consistency.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::harness {
namespace {

using Kind = DeclarationFinding::Kind;
using Findings = std::vector<DeclarationFinding>;

void add_unknown(Findings& findings, const Declaration& declaration, std::string_view part, const std::string& name,
                 Words what, const std::vector<std::string_view>& known) {
    const auto near = core::nearest(name, known);
    findings.push_back({Kind::unknown,
                        declaration.place(fmt::format("{}.{}", part, name)),
                        name,
                        {fmt::format("没有{}'{}'{}", what.zh, name, near ? fmt::format("：是否为'{}'？", *near) : ""),
                         fmt::format("there is no {} '{}'{}", what.en, name,
                                     near ? fmt::format(": did you mean '{}'?", *near) : "")}});
}

/// What is declared in a part of it, and what stands there with nothing behind it.
template <typename Map>
std::set<std::string> names_of(const Declaration& declaration, const std::string& part, const Map& given) {
    std::set<std::string> names;
    for (const auto& [name, value] : given)
        names.insert(name);
    for (const auto& [name, place] : declaration.places)
        if (name.starts_with(part + "."))
            names.insert(name.substr(part.size() + 1));
    return names;
}

void check_items(Findings& findings, const Declaration& declaration, const Proforma& proforma,
                 const core::Rules& rules) {
    for (const auto& item : proforma.items) {
        const auto found = declaration.claims.find(item.key);
        if (found == declaration.claims.end()) {
            if (is_asked(item, declaration.claims, rules))
                findings.push_back({Kind::missing,
                                    declaration.place("ics." + item.key),
                                    item.key,
                                    {fmt::format("未回答{}（{}）", item.key, item.title.zh),
                                     fmt::format("{} ({}) is not answered", item.key, item.title.en)}});
        } else if (item.status == ItemStatus::mandatory && !found->second) {
            findings.push_back(
                {Kind::mandatory,
                 declaration.place("ics." + item.key),
                 item.key,
                 {fmt::format("{}（{}）是必备的，却声明为不支持", item.key, item.title.zh),
                  fmt::format("{} ({}) is mandatory, and declared as not supported", item.key, item.title.en)}});
        }
    }
}

void check_values(Findings& findings, const Declaration& declaration, const Proforma& proforma,
                  const core::Rules& rules) {
    for (const auto& value : proforma.values)
        if (!declaration.values.contains(value.name) && is_asked(value, declaration.claims, rules))
            findings.push_back(
                {Kind::missing,
                 declaration.place("ixit." + value.name),
                 value.name,
                 {fmt::format("缺少取值{}（{}）{}", value.name, value.title.zh,
                              value.needed_by ? fmt::format("：{}需要它", value.needed_by->source.text) : ""),
                  fmt::format("the value {} ({}) is missing{}", value.name, value.title.en,
                              value.needed_by ? fmt::format(": {} needs it", value.needed_by->source.text) : "")}});
}

/// An inconsistency stands where the first of the rule's keys does that is declared.
/// Whether an answer to one of them stands empty: told as missing, it cannot go against another.
bool any_is_left_open(const Declaration& declaration, const std::set<std::string>& keys) {
    return std::ranges::any_of(keys, [&](const std::string& key) {
        return !declaration.claims.contains(key) && declaration.places.contains("ics." + key);
    });
}

void check_rules(Findings& findings, const Declaration& declaration, const Proforma& proforma,
                 const core::Rules& rules) {
    for (const auto& rule : proforma.rules) {
        if (!holds(rule.condition, declaration.claims, rules) || holds(rule.demand, declaration.claims, rules))
            continue;
        const auto keys = keys_of(rule.condition.root);
        if (any_is_left_open(declaration, keys) || any_is_left_open(declaration, keys_of(rule.demand.root)))
            continue;
        const auto declared = std::ranges::find_if(
            keys, [&](const std::string& key) { return declaration.places.contains("ics." + key); });
        const auto& key = declared == keys.end() ? *keys.begin() : *declared;
        const auto& condition = rule.condition.source.text;
        const auto& demand = rule.demand.source.text;
        findings.push_back({Kind::inconsistent,
                            declaration.place("ics." + key),
                            key,
                            {fmt::format("声明了{}，则须{}：{}", condition, demand, rule.because.zh),
                             fmt::format("{} needs {}: {}", condition, demand, rule.because.en)}});
    }
}

} // namespace

bool holds(const AppliesClause& clause, const Claims& claims, const core::Rules& rules) {
    Claims all = claims;
    for (const auto& key : keys_of(clause.root))
        all.emplace(key, false);
    const auto result = evaluate(clause, all, rules);
    return result && result->applies;
}

bool is_asked(const ProformaItem& item, const Claims& claims, const core::Rules& rules) {
    return !item.when || holds(*item.when, claims, rules);
}

bool is_asked(const ProformaValue& value, const Claims& claims, const core::Rules& rules) {
    return !value.needed_by || holds(*value.needed_by, claims, rules);
}

std::vector<const Proforma*> kinds_of(const Declaration& declaration, const Proformas& proformas) {
    std::vector<const Proforma*> kinds;
    for (const auto& proforma : proformas.all())
        if (std::ranges::any_of(proforma.items, [&](const auto& item) {
                return declaration.claims.contains(item.key) || declaration.places.contains("ics." + item.key);
            }))
            kinds.push_back(&proforma);
    return kinds;
}

Findings check_names(const Declaration& declaration, const Proformas& proformas) {
    Findings findings;
    for (const auto& key : names_of(declaration, "ics", declaration.claims))
        if (proformas.item(key) == nullptr)
            add_unknown(findings, declaration, "ics", key, {"ICS键", "ICS key"}, proformas.keys());
    for (const auto& name : names_of(declaration, "ixit", declaration.values)) {
        const auto* value = proformas.value(name);
        const auto given = declaration.values.find(name);
        if (value == nullptr)
            add_unknown(findings, declaration, "ixit", name, {"IXIT取值", "IXIT value"}, proformas.value_names());
        else if (given == declaration.values.end())
            continue;
        else if (const auto fault = fault_of(*value, given->second); !fault.empty())
            findings.push_back(
                {Kind::value, declaration.place("ixit." + name), name, Words::of_one(name + ": " + fault)});
    }
    for (const auto& name : names_of(declaration, "tries", declaration.tries))
        if (proformas.tries(name) == nullptr)
            add_unknown(findings, declaration, "tries", name, {"尝试类别", "kind of tries"}, proformas.tries_names());
    return findings;
}

Findings check_declaration(const Declaration& declaration, const Proformas& proformas, const core::Rules& rules) {
    auto findings = check_names(declaration, proformas);
    for (const auto* proforma : kinds_of(declaration, proformas)) {
        check_items(findings, declaration, *proforma, rules);
        check_values(findings, declaration, *proforma, rules);
        check_rules(findings, declaration, *proforma, rules);
    }
    return findings;
}

} // namespace tongka::harness
