#include "cli/deviations/output.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "cli/table.hpp"

namespace tongka::cli {
namespace {

using harness::Case;
using harness::Catch;
using harness::MatrixRun;

std::string in(core::Language language, const harness::Words& words) {
    return language == core::Language::zh ? words.zh : words.en;
}

/// Its ids, the first `most` of them.
std::string ids_of(const std::vector<Catch>& cases, std::size_t most) {
    std::vector<std::string_view> ids;
    for (const auto& one : cases)
        if (ids.size() < most)
            ids.push_back(one.test_case->id);
    return fmt::format("{}{}", fmt::join(ids, " "), cases.size() > most ? " …" : "");
}

std::string settings_of(const CaughtBy& row, const MatrixOutput& output) {
    const auto all = output.request.settings.size();
    if (row.deviation->device == name(harness::Role::file) || row.deviation->device == name(harness::Role::reader))
        return "-";
    return row.settings.size() == all ? fmt::format("all {}", all) : fmt::format("{}", fmt::join(row.settings, " "));
}

void tell(std::string& text, const MatrixRun& run) {
    text += fmt::format("  {} on {}, right devices", name(run.role), run.setting->name);
    if (!run.trouble.empty())
        text += ": " + run.trouble;
    for (const auto& one : run.caught)
        text += fmt::format("\n    {} fails", one.test_case->id);
    for (const auto* test_case : run.open)
        text += fmt::format("\n    {} says nothing", test_case->id);
    text += '\n';
}

void tell_cases(std::string& text, std::string_view what, const std::vector<const Case*>& cases) {
    if (cases.empty())
        return;
    text += fmt::format("{} {}:\n", cases.size(), what);
    for (const auto* test_case : cases)
        text += fmt::format("  {}  {}\n", test_case->id, test_case->place);
}

} // namespace

std::vector<CaughtBy> caught_by(const MatrixOutput& output) {
    std::vector<CaughtBy> rows;
    std::map<std::string_view, std::map<const Case*, bool>> found;
    std::map<std::string_view, std::vector<std::string_view>> settings;
    for (const auto& run : output.runs) {
        if (!run.deviation || run.caught.empty())
            continue;
        settings[run.deviation->name].push_back(run.setting->name);
        for (const auto& one : run.caught) {
            const auto [at, added] = found[run.deviation->name].emplace(one.test_case, one.observation);
            at->second = at->second && one.observation;
        }
    }
    for (const auto& deviation : output.request.deviations) {
        auto& row = rows.emplace_back(CaughtBy{.deviation = &deviation, .settings = settings[deviation.name]});
        for (const auto& test_case : output.request.suite.suite.cases)
            if (const auto one = found[deviation.name].find(&test_case); one != found[deviation.name].end())
                row.cases.push_back({&test_case, one->second});
    }
    return rows;
}

std::string text_by_deviation(const MatrixOutput& output) {
    Table table{{"deviation", "device", "cases", "profiles", "first of them"}};
    for (const auto& row : caught_by(output))
        table.rows.push_back({std::string(row.deviation->name), std::string(row.deviation->device),
                              std::to_string(row.cases.size()), settings_of(row, output), ids_of(row.cases, 2)});
    return as_text(table);
}

std::string text_in_full(const MatrixOutput& output) {
    std::string text;
    for (const auto& row : caught_by(output)) {
        const auto title = row.deviation->title.in(output.language);
        text += fmt::format("{}  {}: {}\n", row.deviation->name, row.deviation->device, title);
        if (row.cases.empty())
            text += "  no case notices it\n";
        else
            text += fmt::format("  noticed by {} case{}; profiles: {}\n", row.cases.size(),
                                row.cases.size() == 1 ? "" : "s", settings_of(row, output));
        Table table{{"", "verdict", "case", "covers", "title"}};
        for (const auto& one : row.cases)
            table.rows.push_back({"", one.observation ? "observation" : "fail", one.test_case->id,
                                  fmt::format("{}", fmt::join(one.test_case->covers, " ")),
                                  in(output.language, one.test_case->title)});
        if (!row.cases.empty())
            text += as_text(table);
        text += '\n';
    }
    return text;
}

std::string text_by_case(const MatrixOutput& output) {
    std::map<const Case*, std::vector<std::string_view>> caught;
    std::map<const Case*, bool> asked;
    for (const auto& run : output.runs)
        for (const auto* test_case : run.ran)
            asked[test_case] = true;
    for (const auto& row : caught_by(output))
        for (const auto& one : row.cases)
            caught[one.test_case].push_back(row.deviation->name);
    Table table{{"case", "catches", "deviations"}};
    for (const auto& test_case : output.request.suite.suite.cases)
        if (asked[&test_case])
            table.rows.push_back({test_case.id, std::to_string(caught[&test_case].size()),
                                  caught[&test_case].empty() && !test_case.kept.empty()
                                      ? "(kept: " + test_case.kept + ")"
                                      : fmt::format("{}", fmt::join(caught[&test_case], " "))});
    return as_text(table);
}

std::string csv_of(const MatrixOutput& output) {
    const auto rows = caught_by(output);
    std::string text = "case";
    for (const auto& row : rows)
        text += fmt::format(",{}", row.deviation->name);
    text += '\n';
    std::vector<std::map<const Case*, bool>> cells;
    for (const auto& row : rows) {
        auto& cell = cells.emplace_back();
        for (const auto& one : row.cases)
            cell[one.test_case] = one.observation;
    }
    for (const auto& test_case : output.request.suite.suite.cases) {
        text += test_case.id;
        for (const auto& cell : cells) {
            const auto found = cell.find(&test_case);
            text += found == cell.end() ? "," : found->second ? ",o" : ",x";
        }
        text += '\n';
    }
    return text;
}

std::string json_of(const MatrixOutput& output) {
    using Json = nlohmann::ordered_json;
    const auto ids = [](const auto& cases) {
        auto list = Json::array();
        for (const auto* test_case : cases)
            list.push_back(test_case->id);
        return list;
    };
    auto deviations = Json::array();
    for (const auto& row : caught_by(output)) {
        auto cases = Json::array();
        for (const auto& one : row.cases)
            cases.push_back({{"case", one.test_case->id}, {"verdict", one.observation ? "observation" : "fail"}});
        deviations.push_back({{"name", row.deviation->name},
                              {"device", row.deviation->device},
                              {"title", {{"zh", row.deviation->title.zh}, {"en", row.deviation->title.en}}},
                              {"profiles", row.settings},
                              {"caught_by", std::move(cases)}});
    }
    auto survivors = Json::array();
    for (const auto& one : output.judgement.survivors)
        survivors.push_back(one.name);
    auto alarms = Json::array();
    for (const auto* run : output.judgement.false_alarms) {
        std::vector<const Case*> failed;
        for (const auto& one : run->caught)
            failed.push_back(one.test_case);
        alarms.push_back({{"device", name(run->role)},
                          {"profile", run->setting->name},
                          {"fails", ids(failed)},
                          {"open", ids(run->open)},
                          {"trouble", run->trouble}});
    }
    return Json{{"well", output.is_well()},
                {"deviations", std::move(deviations)},
                {"survivors", std::move(survivors)},
                {"false_alarms", std::move(alarms)},
                {"idle_cases", ids(output.judgement.idle)},
                {"kept_though_busy", ids(output.judgement.busy_and_kept)}}
               .dump(2) +
           "\n";
}

std::string verdict_of(const MatrixOutput& output) {
    const auto& judgement = output.judgement;
    const auto all = output.request.deviations.size();
    auto text =
        fmt::format("{} of {} deviations caught on {} profile{}; right devices {}\n", all - judgement.survivors.size(),
                    all, output.request.settings.size(), output.request.settings.size() == 1 ? "" : "s",
                    judgement.false_alarms.empty() ? "fail nothing" : "FAIL:");
    for (const auto* run : judgement.false_alarms)
        tell(text, *run);
    for (const auto& one : judgement.survivors)
        text += fmt::format("  SURVIVES: {} ({}): {}\n", one.name, one.device, one.title.in(output.language));
    for (const auto* run : judgement.troubled)
        text += fmt::format("  {} on {} could not be run to its end: {}\n", run->deviation->name, run->setting->name,
                            run->trouble);
    tell_cases(text, "cases catch nothing and do not say why they are kept (kept: …)", judgement.idle);
    tell_cases(text, "cases say why they are kept though they catch nothing, and catch something",
               judgement.busy_and_kept);
    return text;
}

} // namespace tongka::cli
