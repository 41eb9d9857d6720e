#include "reports/record_lines.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tongka::reports {
namespace {

using nlohmann::json;

const json& object_of(const json& line, const char* member) {
    static const json none = json::object();
    const auto found = line.find(member);
    if (found == line.end())
        return none;
    found->get_ref<const json::object_t&>();
    return *found;
}

const json& array_of(const json& line, const char* member) {
    static const json none = json::array();
    const auto found = line.find(member);
    if (found == line.end())
        return none;
    found->get_ref<const json::array_t&>();
    return *found;
}

std::uint64_t number_of(const json& line, const char* member) {
    const auto found = line.find(member);
    return found == line.end() ? 0 : found->get_ref<const json::number_unsigned_t&>();
}

Pairs pairs_of(const json& line, const char* member) {
    Pairs pairs;
    const auto& object = object_of(line, member);
    for (const auto& item : object.items())
        pairs.emplace_back(item.key(), text_of(object, item.key().c_str()));
    return pairs;
}

std::vector<std::string> texts_of(const json& line, const char* member) {
    return array_of(line, member).get<std::vector<std::string>>();
}

} // namespace

std::string text_of(const json& line, const char* member) {
    const auto found = line.find(member);
    if (found == line.end() || found->is_null())
        return {};
    if (found->is_number() || found->is_boolean())
        return found->dump();
    return found->get<std::string>();
}

Words words_of(const json& line, const char* member) {
    const auto found = line.find(member);
    if (found == line.end())
        return {};
    if (found->is_object())
        return {found->at("zh").get<std::string>(), found->at("en").get<std::string>()};
    const auto text = found->get<std::string>();
    return {text, text};
}

Header header_of(const json& line) {
    Header header;
    const auto& tool = line.at("tool");
    header.tool = text_of(tool, "name");
    header.tool_version = text_of(tool, "version");
    const auto& suite = line.at("suite");
    header.suite_version = text_of(suite, "version");
    header.suite_sha256 = text_of(suite, "sha256");
    const auto& profile = line.at("profile");
    header.profile = text_of(profile, "name");
    header.profile_sha256 = text_of(profile, "sha256");
    for (const auto& rule : array_of(line, "rules"))
        header.rules.push_back({text_of(rule, "name"), text_of(rule, "value"), text_of(rule, "default"),
                                text_of(rule, "source"), text_of(rule, "confidence"), words_of(rule, "title")});
    for (const auto& item : object_of(line, "ics").items())
        header.ics.emplace_back(item.key(), item.value().get<bool>());
    header.ixit = pairs_of(line, "ixit");
    header.host = pairs_of(line, "host");
    for (const auto& item : object_of(line, "devices").items()) {
        const auto& device = item.value();
        header.devices.push_back({item.key(), text_of(device, "spec"), text_of(device, "reader"),
                                  text_of(device, "protocol"), text_of(device, "atr"), text_of(device, "uid"),
                                  text_of(device, "asn"), text_of(device, "name"), text_of(device, "version"),
                                  text_of(device, "sha256")});
    }
    header.seed = text_of(line, "seed");
    header.started = line.at("started").get<std::string>();
    header.deviation = text_of(line, "deviation");
    header.clause_map = text_of(line, "clause_map");
    header.selection = texts_of(line, "selection");
    for (const auto& group : array_of(line, "left_out"))
        header.left_out.push_back({texts_of(group, "missing"), number_of(group, "cases")});
    return header;
}

Continuation continuation_of(const json& line) {
    return {line.at("started").get<std::string>(), text_of(line, "case"), number_of(line, "at"),
            line.contains("lost") ? number_of(line, "lost") : 0};
}

Requirement requirement_of(const json& line) {
    Requirement requirement;
    requirement.id = line.at("id").get<std::string>();
    requirement.standard = line.at("standard").get<std::string>();
    requirement.level = text_of(line, "level");
    requirement.edition = text_of(line, "edition");
    requirement.clause = text_of(line, "clause");
    requirement.basis = text_of(line, "basis");
    requirement.confidence = text_of(line, "confidence");
    requirement.testable = text_of(line, "testable");
    requirement.title = words_of(line, "title");
    requirement.rule = words_of(line, "rule");
    return requirement;
}

core::Result<Case> case_of(const json& line) {
    Case made;
    made.id = line.at("id").get<std::string>();
    made.standard = line.at("standard").get<std::string>();
    made.title = words_of(line, "title");
    made.covers = texts_of(line, "covers");
    made.device = text_of(line, "device");
    made.source = text_of(line, "source");
    made.reason = words_of(line, "reason");
    const auto selection = line.at("selection").get<std::string>();
    if (selection == "not-applicable")
        made.outcome = Outcome::not_applicable;
    else if (selection != "selected" && selection != "not-run")
        return core::fail(fmt::format("unknown selection \"{}\"", selection));
    return made;
}

Exchange exchange_of(const json& line) {
    Exchange exchange;
    exchange.device = text_of(line, "device");
    exchange.phase = line.at("phase").get<std::string>();
    exchange.step = line.at("step").get<std::string>();
    exchange.place = text_of(line, "place");
    exchange.command = line.at("command").get<std::string>();
    exchange.response = line.at("response").get<std::string>();
    exchange.reason = words_of(line, "reason");
    exchange.at = number_of(line, "at");
    exchange.us = number_of(line, "us");
    for (const auto& tpdu : array_of(line, "tpdus"))
        exchange.tpdus.emplace_back(tpdu.at("command").get<std::string>(), tpdu.at("response").get<std::string>());
    return exchange;
}

Action action_of(const json& line) {
    Action action;
    action.device = text_of(line, "device");
    action.phase = line.at("phase").get<std::string>();
    action.step = line.at("step").get<std::string>();
    action.place = text_of(line, "place");
    action.name = line.at("action").get<std::string>();
    action.error = text_of(line, "error");
    action.values = pairs_of(line, line.contains("arguments") ? "arguments" : "results");
    action.us = number_of(line, "us");
    return action;
}

Check check_of(const json& line) {
    Check check;
    check.pass = line.at("pass").get<bool>();
    check.phase = line.at("phase").get<std::string>();
    check.step = line.at("step").get<std::string>();
    check.place = text_of(line, "place");
    check.expected = text_of(line, "expected");
    check.received = text_of(line, "received");
    check.message = words_of(line, "message");
    check.difference = text_of(line, "difference");
    check.because = words_of(line, "because");
    check.requirements = texts_of(line, "requirements");
    return check;
}

core::Result<Outcome> outcome_of(const json& line) {
    const auto verdict = line.at("verdict").get<std::string>();
    if (verdict == "pass")
        return Outcome::pass;
    if (verdict == "fail")
        return line.value("observation", false) ? Outcome::observation : Outcome::fail;
    if (verdict == "inconclusive")
        return Outcome::inconclusive;
    if (verdict == "error")
        return Outcome::error;
    return core::fail(fmt::format("unknown verdict \"{}\"", verdict));
}

Totals totals_of(const json& line) {
    Totals totals;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        const auto outcome = static_cast<Outcome>(i);
        totals[outcome] = line.at("totals").at(std::string(name_of(outcome))).get<std::size_t>();
    }
    return totals;
}

} // namespace tongka::reports
