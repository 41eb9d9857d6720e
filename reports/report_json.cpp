#include "reports/report_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/record_lines.hpp"

namespace tongka::reports {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Words& words) {
    return {{"zh", words.zh}, {"en", words.en}};
}

/// Members that are empty say nothing and are left out.
void put(Json& to, const char* name, const std::string& text) {
    if (!text.empty())
        to[name] = text;
}

void put(Json& to, const char* name, const Words& words) {
    if (!words.empty())
        to[name] = json_of(words);
}

Json json_of(const Pairs& pairs) {
    auto object = Json::object();
    for (const auto& [name, value] : pairs)
        object[name] = value;
    return object;
}

Json json_of(const Totals& totals) {
    Json object;
    for (const auto outcome : {Outcome::pass, Outcome::fail, Outcome::observation, Outcome::inconclusive,
                               Outcome::error, Outcome::not_applicable, Outcome::not_run})
        object[std::string(name_of(outcome))] = totals[outcome];
    return object;
}

Json run_of(const Summary& summary) {
    const auto& header = summary.header;
    Json run;
    run["tool"] = {{"name", header.tool}, {"version", header.tool_version}};
    run["suite"] = {{"version", header.suite_version}, {"sha256", header.suite_sha256}};
    run["profile"] = {{"name", header.profile}, {"sha256", header.profile_sha256}};
    put(run, "deviation", header.deviation);
    put(run, "clause_map", header.clause_map);
    run["started"] = header.started;
    run["us"] = summary.us;
    run["seed"] = header.seed;
    run["selection"] = header.selection;
    for (const auto& group : header.left_out)
        run["left_out"].push_back({{"missing", group.missing}, {"cases", group.cases}});
    for (const auto& again : summary.continuations) {
        Json entry{{"started", again.started}, {"at", again.at}};
        put(entry, "case", again.under_way);
        run["continued"].push_back(std::move(entry));
    }
    run["devices"] = Json::object();
    for (const auto& device : header.devices) {
        auto& entry = run["devices"][device.role] = Json::object();
        put(entry, "spec", device.spec);
        put(entry, "reader", device.reader);
        put(entry, "protocol", device.protocol);
        put(entry, "atr", device.atr);
        put(entry, "uid", device.uid);
        put(entry, "asn", device.asn);
        put(entry, "name", device.name);
        put(entry, "version", device.version);
        put(entry, "sha256", device.sha256);
    }
    run["host"] = json_of(header.host);
    run["ics"] = Json::object();
    for (const auto& [name, claimed] : header.ics)
        run["ics"][name] = claimed;
    run["ixit"] = json_of(header.ixit);
    return run;
}

Json json_of(const RuleInForce& rule) {
    return {{"name", rule.name},     {"value", rule.value},           {"default", rule.standard_value},
            {"source", rule.source}, {"confidence", rule.confidence}, {"title", json_of(rule.title)}};
}

Json json_of(const Requirement& requirement, const Summary& summary) {
    Json entry;
    entry["id"] = requirement.id;
    entry["standard"] = requirement.standard;
    entry["verdict"] = name_of(requirement.outcome);
    entry["title"] = json_of(requirement.title);
    put(entry, "rule", requirement.rule);
    put(entry, "level", requirement.level);
    put(entry, "edition", requirement.edition);
    put(entry, "clause", requirement.clause);
    put(entry, "basis", requirement.basis);
    put(entry, "confidence", requirement.confidence);
    put(entry, "testable", requirement.testable);
    entry["cases"] = Json::array();
    for (const auto index : requirement.cases)
        entry["cases"].push_back(summary.cases[index].id);
    return entry;
}

Json json_of(const Check& check) {
    Json entry;
    entry["pass"] = check.pass;
    entry["phase"] = check.phase;
    entry["step"] = check.step;
    put(entry, "place", check.place);
    entry["expected"] = check.expected;
    entry["received"] = check.received;
    put(entry, "difference", check.difference);
    put(entry, "message", check.message);
    put(entry, "because", check.because);
    entry["requirements"] = check.requirements;
    return entry;
}

Json json_of(const Case& which) {
    Json entry;
    entry["id"] = which.id;
    entry["standard"] = which.standard;
    entry["verdict"] = name_of(which.outcome);
    entry["title"] = json_of(which.title);
    put(entry, "reason", which.reason);
    put(entry, "cleanup", which.cleanup);
    entry["covers"] = which.covers;
    put(entry, "device", which.device);
    put(entry, "source", which.source);
    entry["at"] = which.at;
    entry["us"] = which.us;
    entry["exchanges"] = which.exchanges;
    return entry;
}

/// What did not hold in a case: for those who want the failures and nothing else.
Json findings_of(const Case& which) {
    Json entry;
    entry["case"] = which.id;
    entry["title"] = json_of(which.title);
    put(entry, "reason", which.reason);
    entry["checks"] = Json::array();
    for (const auto& failure : which.failures) {
        auto check = json_of(failure.check);
        put(check, "sent", failure.exchange.command);
        if (const auto& action = failure.action; !action.name.empty())
            check["asked"] = {
                {"device", action.device}, {"action", action.name}, {"arguments", json_of(action.values)}};
        entry["checks"].push_back(std::move(check));
    }
    return entry;
}

class Writer {
public:
    explicit Writer(std::ostream& out) : out_(out) {}

    void member(const char* name, const Json& value) { out_ << ",\n" << Json(name).dump() << ": " << value.dump(1); }

    template <typename Items, typename Write>
    core::Result<void> list(const char* name, const Items& items, Write write) {
        out_ << ",\n" << Json(name).dump() << ": [";
        const char* between = "\n";
        for (const auto& item : items) {
            out_ << std::exchange(between, ",\n");
            TONGKA_CHECK(write(item));
        }
        out_ << (items.empty() ? "]" : "\n]");
        return {};
    }

    void entry(const Json& value) { out_ << value.dump(); }

private:
    std::ostream& out_;
};

/// `{…case…,"checks":[…]}` with the checks taken one by one from the record.
core::Result<void> write_case(std::ostream& out, const Case& which, RecordPieces& record) {
    auto text = json_of(which).dump();
    text.pop_back();
    out << text << R"(,"checks":[)";
    const char* between = "\n  ";
    for (const auto& span : which.spans)
        TONGKA_CHECK(record.visit(span, [&](const RecordLine& line) -> core::Result<void> {
            if (line.kind == "check")
                out << std::exchange(between, ",\n  ") << json_of(check_of(line.value)).dump();
            return {};
        }));
    out << "]}";
    return {};
}

std::vector<const Case*> cases_that_are(Outcome outcome, const Summary& summary) {
    std::vector<const Case*> found;
    for (const auto& which : summary.cases)
        if (which.outcome == outcome)
            found.push_back(&which);
    return found;
}

} // namespace

core::Result<void> write_json(std::ostream& out, const Summary& summary, RecordPieces& record) {
    Writer writer(out);
    const auto simple = [&](const auto& item) -> core::Result<void> {
        return writer.entry(json_of(item)), core::Result<void>{};
    };
    const auto findings = [&](const Case* which) -> core::Result<void> {
        return writer.entry(findings_of(*which)), core::Result<void>{};
    };
    out << "{\n\"format\": 1";
    writer.member("record", {{"lines", summary.state.lines},
                             {"last_sha256", summary.state.last_sha256},
                             {"complete", summary.complete},
                             {"torn", summary.state.torn}});
    writer.member("run", run_of(summary));
    writer.member("totals", json_of(summary.totals));
    TONGKA_CHECK(writer.list("rules", summary.header.rules, simple));
    TONGKA_CHECK(writer.list("failures", cases_that_are(Outcome::fail, summary), findings));
    TONGKA_CHECK(writer.list("observations", cases_that_are(Outcome::observation, summary), findings));
    TONGKA_CHECK(
        writer.list("requirements", summary.requirements, [&](const Requirement& requirement) -> core::Result<void> {
            return writer.entry(json_of(requirement, summary)), core::Result<void>{};
        }));
    TONGKA_CHECK(
        writer.list("cases", summary.cases, [&](const Case& which) { return write_case(out, which, record); }));
    out << "\n}\n";
    return {};
}

} // namespace tongka::reports
