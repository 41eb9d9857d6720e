#include "cli/list_cases.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/data_directory.hpp"
#include "harness/plan/plan.hpp"
#include "harness/run/run.hpp"

namespace tongka::cli {
namespace {

using core::Language;
using harness::PlannedCase;

constexpr std::string_view fates[] = {"runs", "not applicable", "not run", "left out"};

std::string in(Language language, const auto& text) {
    return language == Language::zh ? text.zh : text.en;
}

std::vector<std::string> row_of(const harness::Case& test_case, Language language) {
    std::vector<std::string_view> devices;
    for (const auto role : test_case.devices)
        devices.push_back(name(role));
    return {test_case.id, test_case.standard, fmt::format("{}", fmt::join(test_case.covers, " ")),
            fmt::format("{}", fmt::join(devices, " ")), in(language, test_case.title)};
}

std::string reason_of(const PlannedCase& planned, Language language) {
    if (planned.status != PlannedCase::Status::left_out)
        return in(language, planned.reason);
    std::vector<std::string> options;
    for (const auto role : planned.missing)
        options.push_back(harness::option_of(role));
    return fmt::format("{} {}", language == Language::zh ? "需要" : "needs", fmt::join(options, ", "));
}

} // namespace

bool CasesWanted::wants_plan() const {
    return !selection.empty() || profile_named || !set_up.ics.empty() || set_up.names_something();
}

core::Result<Table> list_cases(const CasesWanted& wanted, Language language) {
    TONGKA_TRY(const auto suite, harness::LoadedSuite::load(data_directory()));
    Table table{{"id", "standard", "covers", "device", "title"}};
    if (!wanted.wants_plan()) {
        for (const auto& one : suite.suite.cases)
            table.rows.push_back(row_of(one, language));
        return table;
    }
    TONGKA_TRY(const auto set, load_set_up(wanted.set_up));
    auto offered = wanted.set_up.named();
    if (offered.empty())
        offered.assign(std::begin(harness::roles), std::end(harness::roles));
    TONGKA_TRY(const auto plan, harness::make_plan(suite.suite, suite.catalogue, set.declaration, set.profile.rules,
                                                   wanted.selection, offered));
    table.columns.insert(table.columns.end(), {"plan", "reason"});
    for (const auto& planned : plan) {
        auto& row = table.rows.emplace_back(row_of(*planned.test_case, language));
        row.emplace_back(fates[static_cast<std::size_t>(planned.status)]);
        row.push_back(reason_of(planned, language));
    }
    return table;
}

} // namespace tongka::cli
