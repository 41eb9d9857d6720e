#include "cli/doctor_reader.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/data_directory.hpp"
#include "cli/table.hpp"
#include "core/hex.hpp"
#include "harness/actor/work_folder.hpp"
#include "harness/run/capabilities.hpp"
#include "harness/run/run.hpp"

namespace tongka::cli {
namespace {

using core::operator""_hex;
using Json = nlohmann::ordered_json;
using harness::Role;
using harness::Values;

constexpr std::uint32_t exchanges = 200;

/// What it says of itself and what is measured; the values that a reader does not give are null.
core::Result<Json> facts_of(harness::Actor& reader) {
    Json facts;
    TONGKA_CHECK(reader.begin());
    TONGKA_TRY(const auto status, reader.act("status", {}, {}));
    TONGKA_TRY(const auto connected, reader.act("connect", {}, {}));
    TONGKA_TRY(const auto features, reader.act("features", {}, {}));
    facts["reader"] = std::string(status.word("name"));
    facts["present"] = status.word("present");
    facts["atr"] = core::to_hex(connected.bytes("atr"));
    facts["protocol"] = connected.word("protocol");
    const bool lists = features.word("form") != "none";
    facts["features"] = lists ? Json(core::to_hex(features.bytes("tags"))) : Json();
    facts["escape"] = lists ? Json(features.word("escape")) : Json();
    facts["largest_answer"] = nullptr;
    if (!reader.why_not("exchange", {}))
        for (const std::uint32_t size : {256U, 255U, 254U, 128U, 127U, 1U}) {
            auto command = core::concatenate({"8012"_hex, core::big_endian(size, 2)});
            command.push_back(static_cast<core::Byte>(size));
            TONGKA_TRY(const auto answer, reader.act("exchange", Values().set("command", std::move(command)), {}));
            if (answer.number("length") == size) {
                facts["largest_answer"] = size;
                break;
            }
        }
    TONGKA_TRY(const auto latency, reader.act("latency", Values().set_number("count", exchanges), {}));
    facts["exchanges"] = latency.number("count");
    facts["latency_lowest_us"] = latency.number("lowest");
    facts["latency_median_us"] = latency.number("median");
    return facts;
}

std::string_view verdict_of(const harness::CaseResult& result) {
    using enum harness::Verdict;
    switch (result.verdict) {
    case pass:
        return "pass";
    case fail:
        return result.observation ? "observation" : "fail";
    case inconclusive:
        return "inconclusive";
    case error:
        break;
    }
    return "error";
}

/// Id, title, verdict and, where it did not pass, the reason of each case on readers.
core::Result<Json> verdicts_of(const SetUp& set, const SetUpOptions& options, core::Language language) {
    TONGKA_TRY(auto suite, harness::LoadedSuite::load(data_directory()));
    std::vector<std::string> ids;
    for (const auto& one : suite.suite.cases)
        if (std::ranges::find(one.devices, Role::reader) != one.devices.end())
            ids.push_back(one.id);
    TONGKA_TRY(auto plan, harness::make_plan(suite.suite, suite.catalogue, set.declaration, set.profile.rules, ids,
                                             set.devices.given()));
    const auto in_tongue = [&](const auto& text) { return language == core::Language::zh ? text.zh : text.en; };
    std::map<std::string, std::pair<std::string, std::string>> found;
    for (const auto& planned : plan)
        if (const auto reason = harness::why_not(*planned.test_case, set.devices))
            found[planned.test_case->id] = {"not run", in_tongue(*reason)};
    // The verdicts are all that is kept: who wants the record runs the cases.
    TONGKA_TRY(const auto folder, harness::WorkFolder::create(harness::fast_folder()));
    TONGKA_TRY(auto record, harness::RecordWriter::create(folder->path() / "record.jsonl"));
    const core::SystemClock clock;
    TONGKA_TRY(const auto totals,
               harness::run(std::move(plan),
                            {.suite = suite,
                             .profile = set.profile,
                             .declaration = set.declaration,
                             .devices = set.devices,
                             .clock = clock,
                             .seed = options.seed,
                             .deviation = options.deviation,
                             .selection = ids,
                             .progress =
                                 [&](std::size_t, std::size_t, const auto& test_case, const auto& result) {
                                     found[test_case.id] = {std::string(verdict_of(result)), in_tongue(result.reason)};
                                 }},
                            record));
    if (!totals.stopped.empty())
        return core::fail(totals.stopped);
    auto cases = Json::array();
    for (const auto& one : suite.suite.cases)
        if (const auto at = found.find(one.id); at != found.end())
            cases.push_back({{"case", one.id},
                             {"title", in_tongue(one.title)},
                             {"verdict", at->second.first},
                             {"reason", at->second.second}});
    return cases;
}

void print(const Json& facts) {
    Table table{{"", ""}};
    for (const auto& [name, value] : facts.items())
        if (name != "cases")
            table.rows.push_back({name, value.is_null()     ? "-"
                                        : value.is_string() ? value.get<std::string>()
                                                            : value.dump()});
    fmt::print("{}\n", as_text(table));
    Table cases{{"case", "verdict", "title", "reason"}};
    for (const auto& one : facts.at("cases"))
        cases.rows.push_back({one.at("case"), one.at("verdict"), one.at("title"), one.at("reason")});
    fmt::print("{}", as_text(cases));
}

} // namespace

core::Result<int> examine_reader(SetUpOptions options, core::Language language, bool as_json) {
    if (!options.reader.starts_with("pcsc:") && !options.reader.starts_with("sim:"))
        options.reader.insert(0, "pcsc:");
    TONGKA_TRY(const auto set, set_up(options));
    TONGKA_TRY(auto facts, facts_of(*set.devices.reader));
    TONGKA_TRY(facts["cases"], verdicts_of(set, options, language));
    if (as_json)
        fmt::print("{}\n", facts.dump(2));
    else
        print(facts);
    const bool failed = std::ranges::any_of(
        facts["cases"], [](const auto& one) { return one.at("verdict") != "pass" && one.at("verdict") != "not run"; });
    return failed ? 1 : 0;
}

} // namespace tongka::cli
