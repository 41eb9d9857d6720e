#include "reports/ctrf.hpp"

#include <ctime>
#include <utility>

#include <nlohmann/json.hpp>

#include "reports/evidence_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

using Json = nlohmann::ordered_json;

const char* status_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass:
        return "passed";
    case Outcome::fail:
        return "failed";
    case Outcome::not_run:
    case Outcome::not_applicable:
        return "skipped";
    default:
        return "other";
    }
}

/// Milliseconds since 1970 of "2026-11-24T08:00:00Z"; 0 for what is no such time.
std::int64_t milliseconds(const std::string& started) {
    std::tm time{};
    const auto* rest = strptime(started.c_str(), "%Y-%m-%dT%H:%M:%SZ", &time);
    return rest != nullptr && *rest == '\0' ? static_cast<std::int64_t>(timegm(&time)) * 1000 : 0;
}

Json summary_of(const Summary& summary, std::int64_t start) {
    const auto& totals = summary.totals;
    return {{"tests", summary.cases.size()},
            {"passed", totals[Outcome::pass]},
            {"failed", totals[Outcome::fail]},
            {"pending", 0},
            {"skipped", totals[Outcome::not_run] + totals[Outcome::not_applicable]},
            {"other", totals[Outcome::error] + totals[Outcome::inconclusive] + totals[Outcome::observation]},
            {"start", start},
            {"stop", start + static_cast<std::int64_t>(summary.us / 1000)}};
}

Json test_of(const Case& which, std::int64_t start, Language language) {
    const auto begin = start + static_cast<std::int64_t>(which.at / 1000);
    Json test{{"testId", which.id},
              {"name", which.id + " " + which.title.in(language)},
              {"status", status_of(which.outcome)},
              {"duration", which.us / 1000}};
    if (which.outcome != Outcome::not_run && which.outcome != Outcome::not_applicable) {
        test["start"] = begin;
        test["stop"] = begin + static_cast<std::int64_t>(which.us / 1000);
    }
    test["suite"] = {standard_name(which.standard)};
    if (which.outcome != Outcome::pass)
        test["message"] = reason_text(which, language);
    if (auto trace = evidence_text(which, language); !trace.empty())
        test["trace"] = std::move(trace);
    test["rawStatus"] = name_of(which.outcome);
    test["tags"] = which.covers;
    if (!which.source.empty())
        test["filePath"] = which.source;
    return test;
}

Json environment_of(const Header& header) {
    Json extra{{"profile", header.profile}, {"suite", header.suite_version}, {"seed", header.seed}};
    if (!header.deviation.empty())
        extra["deviation"] = header.deviation;
    for (const auto& device : header.devices)
        extra["devices"][device.role] = device.reader.empty() ? device.spec : device.reader;
    Json environment = Json::object();
    for (const auto& [name, value] : header.host)
        if (name == "system")
            environment["osVersion"] = value;
        else if (name == "name")
            environment["testEnvironment"] = value;
    environment["extra"] = std::move(extra);
    return environment;
}

} // namespace

void write_ctrf(std::ostream& out, const Summary& summary, Language language) {
    const auto& header = summary.header;
    const auto start = milliseconds(header.started);
    out << R"({"reportFormat":"CTRF","specVersion":"0.0.0","generatedBy":"tongka","results":{"tool":)"
        << Json{{"name", header.tool}, {"version", header.tool_version}}.dump()
        << ",\"summary\":" << summary_of(summary, start).dump() << ",\"tests\":[";
    const char* between = "\n";
    for (const auto& which : summary.cases)
        out << std::exchange(between, ",\n") << test_of(which, start, language).dump();
    out << "\n],\"environment\":" << environment_of(header).dump() << "}}\n";
}

} // namespace tongka::reports
