#include "cli/run_one.hpp"

#include <algorithm>
#include <ctime>
#include <memory>
#include <unistd.h>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "cli/operator.hpp"
#include "cli/resume.hpp"
#include "cli/set_up.hpp"
#include "harness/plan/inspections.hpp"
#include "harness/run/preflight.hpp"
#include "reports/report.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

core::Result<fs::path> make_folder(const std::string& wanted) {
    const fs::path folder =
        wanted.empty() ? fmt::format("out/run-{:%Y%m%d-%H%M%S}", fmt::localtime(std::time(nullptr))) : wanted;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return core::fail(fmt::format("--out {}: {}", folder.string(), error.message()));
    if (access(folder.c_str(), W_OK) != 0)
        return core::fail(fmt::format("--out {}: cannot be written", folder.string()));
    return folder;
}

ExitStatus exit_status_of(const harness::RunTotals& totals) {
    if (!totals.stopped.empty())
        return could_not_run;
    if (totals.fail > 0)
        return failed;
    return totals.inconclusive + totals.error + totals.not_run > 0 ? left_open : passed;
}

/// "83 cases need terminal: give --terminal".
std::string told(const harness::LeftOut& group) {
    std::vector<std::string_view> names;
    std::vector<std::string> options;
    for (const auto role : group.missing) {
        names.push_back(name(role));
        options.push_back(harness::option_of(role));
    }
    return fmt::format("{} need {}: give {}", group.cases, fmt::join(names, ", "), fmt::join(options, ", "));
}

/// A run of which everything is left out would be one of nothing.
core::Result<void> check_plan(const std::vector<harness::PlannedCase>& plan) {
    using Status = harness::PlannedCase::Status;
    if (plan.empty())
        return core::fail("nothing to run: the suite has no cases (cases/STANDARD/….yaml)");
    if (std::ranges::any_of(plan, [](const auto& planned) { return planned.status != Status::left_out; }))
        return {};
    std::vector<std::string> groups;
    for (const auto& group : harness::left_out(plan))
        groups.push_back(told(group));
    return core::fail(fmt::format("nothing to run: of the cases selected {}", fmt::join(groups, "; ")));
}

/// Null where nobody was named.
core::Result<std::unique_ptr<harness::Operator>> operator_of(const RunRequest& typed, core::Language tongue) {
    if (typed.asks_operator)
        return std::make_unique<AskingOperator>(tongue, name_of_user());
    if (typed.answers.empty())
        return nullptr;
    return WrittenAnswers::load(typed.answers);
}

} // namespace

core::Result<harness::LoadedSuite> load_suite(const RunRequest& request) {
    const auto& folder = request.set_up.suite;
    TONGKA_TRY(auto suite, harness::LoadedSuite::load(folder.empty() ? data_directory() : fs::path(folder)));
    if (!request.clause_map.empty())
        TONGKA_CHECK(suite.catalogue.apply_clause_map(request.clause_map));
    if (request.inspections)
        harness::add_inspections(suite.suite, suite.catalogue);
    return suite;
}

core::Result<RanOne> run_one(const RunRequest& request, const harness::LoadedSuite& suite,
                             decltype(harness::RunContext::progress) progress) {
    const auto tongue = language(request.language);
    auto wanted = request.set_up;
    wanted.may_name_nothing = wanted.may_name_nothing || request.inspections;
    TONGKA_TRY(auto set, set_up(wanted));
    TONGKA_TRY(auto plan, harness::make_plan(suite.suite, suite.catalogue, set.declaration, set.profile.rules,
                                             request.selection, set.devices.given()));
    TONGKA_CHECK(check_plan(plan));
    const core::SystemClock clock;
    for (const auto& finding : harness::preflight(set.devices, set.profile, clock))
        if (!finding.well)
            return core::fail(fmt::format("{}: {}", finding.subject.in(tongue), finding.text));
    TONGKA_TRY(const auto person, operator_of(request, tongue));
    std::optional<CutOff> cut_off;
    if (request.resume) {
        const auto file = fs::path(request.out) / "record.jsonl";
        TONGKA_TRY(cut_off, read_cut_off(file));
        if (!cut_off)
            return core::fail(
                fmt::format("{}: the run came to its end; there is nothing to go on with", file.string()));
    }
    TONGKA_TRY(const auto folder, make_folder(request.out));
    const auto record_file = folder / "record.jsonl";
    TONGKA_TRY(auto record, cut_off ? harness::RecordWriter::go_on(record_file, cut_off->end)
                                    : harness::RecordWriter::create(record_file));
    const harness::RunContext context{.suite = suite,
                                      .profile = set.profile,
                                      .declaration = set.declaration,
                                      .devices = set.devices,
                                      .clock = clock,
                                      .seed = request.set_up.seed,
                                      .deviation = request.set_up.deviation,
                                      .selection = request.selection,
                                      .clause_map = fs::path(request.clause_map).filename().string(),
                                      .may_destroy = request.destructive,
                                      .attendant = {person.get(), folder / "attachments"},
                                      .resumed = cut_off ? &cut_off->resumption : nullptr,
                                      .progress = std::move(progress)};
    TONGKA_TRY(const auto totals, harness::run(std::move(plan), context, record));
    TONGKA_TRY(auto summary, reports::write_reports(record.path(), folder, {.language = tongue}));
    return RanOne{folder, std::move(summary), totals.stopped, exit_status_of(totals)};
}

core::Result<RanOne> ran_before(const fs::path& folder, core::Language language) {
    TONGKA_TRY(auto summary, reports::write_reports(folder / "record.jsonl", folder, {.language = language}));
    using reports::Outcome;
    const auto& totals = summary.totals;
    const auto open = totals[Outcome::inconclusive] + totals[Outcome::error] + totals[Outcome::not_run];
    const auto status = totals[Outcome::fail] > 0 ? failed : open > 0 ? left_open : passed;
    return RanOne{folder, std::move(summary), {}, status};
}

} // namespace tongka::cli
