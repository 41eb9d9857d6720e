#include "harness/run/record_head.hpp"

#include <fstream>
#include <set>
#include <sys/utsname.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/version.hpp"

namespace tongka::harness {
namespace {

Json both(std::string_view zh, std::string_view en) {
    return {{"zh", zh}, {"en", en}};
}

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name"))
            return line.substr(line.find(':') + 2);
    return "unknown";
}

} // namespace

Json host_of_run() {
    utsname system{};
    uname(&system);
    return {{"name", system.nodename},
            {"system", fmt::format("{} {} {}", system.sysname, system.release, system.machine)},
            {"cpu", processor()}};
}

std::string time_text(core::Clock::Time time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(core::Clock::Time::clock::to_time_t(time)));
}

namespace {

Json rules(const core::Rules& rules) {
    Json list = Json::array();
    for (const auto& info : core::rule_table())
        list.push_back({{"name", info.name},
                        {"value", rules.value(info.rule)},
                        {"default", info.choices.front()},
                        {"source", info.source},
                        {"confidence", info.confidence},
                        {"title", both(info.title.zh, info.title.en)}});
    return list;
}

/// The declared values; those of a PIN are hidden.
Json values(const Declaration& declaration) {
    Json object = Json::object();
    for (const auto& [name, value] : declaration.values) {
        std::string text = core::to_hex(value);
        if (is_secret(name))
            text.assign(text.size(), '*');
        object[name] = text;
    }
    return object;
}

Json device(const Identity& identity) {
    return {{"spec", identity.spec},
            {"reader", identity.reader},
            {"protocol", identity.protocol == Protocol::t0 ? "T=0" : "T=1/T=CL"},
            {"atr", core::to_hex(identity.answer_to_reset)},
            {"uid", core::to_hex(identity.uid)},
            {"asn", core::to_hex(identity.number)}};
}

Json actor(const ActorIdentity& identity) {
    Json object = {{"spec", identity.spec}, {"name", identity.name}};
    if (!identity.version.empty())
        object["version"] = identity.version;
    if (!identity.sha256.empty())
        object["sha256"] = identity.sha256;
    return object;
}

Json devices(const Devices& devices) {
    Json object = Json::object();
    for (const Role role : devices.given())
        object[std::string(name(role))] =
            is_actor(role) ? actor(devices.actor(role)->identity()) : device(devices.at(role)->identity());
    return object;
}

/// How many cases need roles that were not offered.
Json left_out(const std::vector<LeftOut>& groups) {
    Json list = Json::array();
    for (const auto& [missing, cases] : groups) {
        Json names = Json::array();
        for (const auto role : missing)
            names.push_back(name(role));
        list.push_back({{"missing", std::move(names)}, {"cases", cases}});
    }
    return list;
}

Json requirement_line(const Requirement& requirement) {
    Json line = {{"kind", "requirement"},
                 {"id", requirement.id},
                 {"standard", requirement.standard},
                 {"title", both(requirement.title.zh, requirement.title.en)},
                 {"rule", both(requirement.rule.zh, requirement.rule.en)},
                 {"level", requirement.level},
                 {"edition", requirement.edition}};
    if (!requirement.clause.empty())
        line["clause"] = requirement.clause;
    line["basis"] = requirement.basis;
    line["confidence"] = requirement.confidence;
    line["testable"] = requirement.testable;
    return line;
}

Json case_line(const PlannedCase& planned, const std::filesystem::path& folder) {
    const Case& test_case = *planned.test_case;
    constexpr std::string_view statuses[] = {"selected", "not-applicable", "not-run"};
    Json line = {{"kind", "case"},
                 {"id", test_case.id},
                 {"standard", test_case.standard},
                 {"title", both(test_case.title.zh, test_case.title.en)},
                 {"covers", test_case.covers},
                 {"device", test_case.devices.empty() ? std::string_view() : name(test_case.devices.front())},
                 {"source", place_in((folder / "").native(), test_case.place)},
                 {"selection", statuses[static_cast<std::size_t>(planned.status)]}};
    if (planned.status != PlannedCase::Status::selected)
        line["reason"] = both(planned.reason.zh, planned.reason.en);
    return line;
}

} // namespace

void make_head(const std::vector<PlannedCase>& plan, const RunContext& context,
               const std::function<void(const Json&)>& take) {
    Json header = {{"kind", "header"},
                   {"format", 1},
                   {"tool", {{"name", "tongka"}, {"version", core::version}}},
                   {"suite", {{"version", core::version}, {"sha256", context.suite.sha256}}},
                   {"profile", {{"name", context.profile.name}, {"sha256", core::to_hex(context.profile.digest)}}},
                   {"rules", rules(context.profile.rules)},
                   {"ics", context.declaration.claims},
                   {"ixit", values(context.declaration)},
                   {"devices", devices(context.devices)},
                   {"host", host_of_run()},
                   {"seed", std::to_string(context.seed)},
                   {"started", time_text(context.clock.now())},
                   {"selection", context.selection}};
    if (!context.deviation.empty())
        header["deviation"] = context.deviation;
    if (!context.clause_map.empty())
        header["clause_map"] = context.clause_map;
    if (const auto groups = harness::left_out(plan); !groups.empty())
        header["left_out"] = left_out(groups);
    take(header);

    std::set<std::string_view> covered;
    const auto is_left_out = [](const PlannedCase& planned) { return planned.status == PlannedCase::Status::left_out; };
    for (const auto& planned : plan)
        if (!is_left_out(planned))
            covered.insert(planned.test_case->covers.begin(), planned.test_case->covers.end());
    for (const auto& requirement : context.suite.catalogue.requirements())
        if (covered.contains(requirement.id))
            take(requirement_line(requirement));
    for (const auto& planned : plan)
        if (!is_left_out(planned))
            take(case_line(planned, context.suite.folder));
}

} // namespace tongka::harness
