#include "reports/compare_set_up.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tongka::reports {
namespace {

/// A header as names and values.
Pairs flat(const Header& header) {
    Pairs all = {{"tool", fmt::format("{} {}", header.tool, header.tool_version)},
                 {"suite.version", header.suite_version},
                 {"suite.sha256", header.suite_sha256},
                 {"profile.name", header.profile},
                 {"profile.sha256", header.profile_sha256},
                 {"deviation", header.deviation},
                 {"seed", header.seed},
                 {"selection", fmt::format("{}", fmt::join(header.selection, " "))},
                 {"clause-map", header.clause_map}};
    for (const auto& device : header.devices) {
        const auto add = [&](const char* name, const std::string& value) {
            all.emplace_back(fmt::format("device.{}.{}", device.role, name), value);
        };
        add("spec", device.spec);
        add("reader", device.reader);
        add("protocol", device.protocol);
        add("atr", device.atr);
        add("uid", device.uid);
        add("asn", device.asn);
        add("name", device.name);
        add("version", device.version);
        add("sha256", device.sha256);
    }
    for (const auto& rule : header.rules)
        all.emplace_back("rule." + rule.name, rule.value);
    for (const auto& [name, claimed] : header.ics)
        all.emplace_back("ics." + name, claimed ? "yes" : "no");
    for (const auto& [name, value] : header.ixit)
        all.emplace_back("ixit." + name, value);
    for (const auto& [name, value] : header.host)
        all.emplace_back("host." + name, value);
    return all;
}

std::string value_in(const Pairs& pairs, const std::string& name) {
    const auto found = std::ranges::find(pairs, name, &Pairs::value_type::first);
    return found == pairs.end() ? std::string() : found->second;
}

} // namespace

std::vector<SetUpChange> set_up_changes(const Header& before, const Header& after) {
    const auto old_ones = flat(before);
    const auto new_ones = flat(after);
    std::vector<SetUpChange> changes;
    for (const auto& [name, value] : old_ones)
        if (auto now = value_in(new_ones, name); now != value)
            changes.push_back({name, value, std::move(now)});
    for (const auto& [name, value] : new_ones)
        if (!value.empty() && std::ranges::find(old_ones, name, &Pairs::value_type::first) == old_ones.end())
            changes.push_back({name, {}, value});
    return changes;
}

} // namespace tongka::reports
