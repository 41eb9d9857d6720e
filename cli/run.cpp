#include "cli/run.hpp"

#include <algorithm>
#include <ctime>
#include <memory>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
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
#include "harness/run/run.hpp"
#include "reports/report.hpp"
#include "reports/summary_text.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

// design: 0 all passed, 1 something failed, 2 it could not run, 3 something was left inconclusive, in error or not run.
enum ExitStatus { passed = 0, failed = 1, could_not_run = 2, left_open = 3 };

/// A line that is written over on a terminal; nothing in a pipe.
class Progress {
public:
    explicit Progress(bool shown) : shown_(shown) {}
    void operator()(std::size_t done, std::size_t all, const harness::Case& test_case,
                    const harness::CaseResult&) const {
        if (shown_)
            fmt::print(stderr, "\r\033[K{}/{} {}", done, all, test_case.id);
        if (shown_ && done == all)
            fmt::print(stderr, "\r\033[K");
    }

private:
    bool shown_;
};

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

core::Result<int> run_cases(const RunRequest& typed) {
    const auto tongue = language(typed.language);
    TONGKA_TRY(auto suite, harness::LoadedSuite::load(typed.set_up.suite.empty() ? data_directory()
                                                                                 : fs::path(typed.set_up.suite)));
    if (!typed.clause_map.empty())
        TONGKA_CHECK(suite.catalogue.apply_clause_map(typed.clause_map));
    auto wanted = typed.set_up;
    if (typed.inspections) {
        harness::add_inspections(suite.suite, suite.catalogue);
        wanted.may_name_nothing = true;
    }
    TONGKA_TRY(auto set, set_up(wanted));
    TONGKA_TRY(auto plan, harness::make_plan(suite.suite, suite.catalogue, set.declaration, set.profile.rules,
                                             typed.selection, set.devices.given()));
    TONGKA_CHECK(check_plan(plan));
    const core::SystemClock clock;
    for (const auto& finding : harness::preflight(set.devices, set.profile, clock))
        if (!finding.well)
            return core::fail(fmt::format("{}: {}", finding.subject.in(tongue), finding.text));
    TONGKA_TRY(const auto person, operator_of(typed, tongue));
    std::optional<CutOff> cut_off;
    if (typed.resume) {
        TONGKA_TRY(cut_off, read_cut_off(fs::path(typed.out) / "record.jsonl"));
    }
    TONGKA_TRY(const auto folder, make_folder(typed.out));
    const auto record_file = folder / "record.jsonl";
    TONGKA_TRY(auto record, cut_off ? harness::RecordWriter::go_on(record_file, cut_off->end)
                                    : harness::RecordWriter::create(record_file));
    const harness::RunContext context{.suite = suite,
                                      .profile = set.profile,
                                      .declaration = set.declaration,
                                      .devices = set.devices,
                                      .clock = clock,
                                      .seed = typed.set_up.seed,
                                      .deviation = typed.set_up.deviation,
                                      .selection = typed.selection,
                                      .clause_map = fs::path(typed.clause_map).filename().string(),
                                      .may_destroy = typed.destructive,
                                      .attendant = {person.get(), folder / "attachments"},
                                      .resumed = cut_off ? &cut_off->resumption : nullptr,
                                      .progress = Progress(isatty(STDERR_FILENO) != 0)};
    TONGKA_TRY(const auto totals, harness::run(std::move(plan), context, record));
    TONGKA_TRY(const auto summary, reports::write_reports(record.path(), folder, {.language = tongue}));
    fmt::print("{}",
               reports::summary_text(summary, folder, {.language = tongue, .colour = isatty(STDOUT_FILENO) != 0}));
    if (!totals.stopped.empty())
        fmt::print(stderr, "tongka: the run stopped: {}\n", totals.stopped);
    return exit_status_of(totals);
}

void add_run(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<RunRequest>();
    auto* command = app.add_subcommand("run", "Run cases on a device; write the record and the reports");
    command->add_option(
        "selection", typed->selection,
        "Ids of cases or requirements, or standards (cjt304, cjt333, gbt31778), with * and ?; none: all");
    typed->set_up.add_device(*command);
    typed->set_up.add_actors(*command);
    typed->set_up.add_profile(*command);
    auto* out = command
                    ->add_option("--out", typed->out,
                                 "Folder for record.jsonl, report.json, report.html, junit.xml (default: out/run-TIME)")
                    ->type_name("DIR");
    command
        ->add_flag("--resume", typed->resume,
                   "Go on with the run that was cut off in the folder of --out; all else as it was given then")
        ->needs(out);
    command->add_option("--seed", typed->set_up.seed, "Seed of the run's and the simulated devices' random numbers")
        ->capture_default_str();
    command
        ->add_option("--deviation", typed->set_up.deviation,
                     "A fault for the simulated device (tongka list deviations)")
        ->type_name("NAME");
    command
        ->add_option("--suite", typed->set_up.suite,
                     "Folder with catalogue, cases and procedures (default: Tongka's own)")
        ->type_name("DIR");
    command
        ->add_option("--clause-map", typed->clause_map,
                     "Clauses of the standards' texts, from whoever owns them: YAML, requirement: clause")
        ->type_name("FILE");
    command->add_flag("--inspections", typed->inspections,
                      "Also the requirements that no program can show: an operator looks, and tells (inspect-ID)");
    command->add_flag("--destructive", typed->destructive,
                      "These samples are offered: one case that destroys its device may be run on each, at the end");
    auto* asks = command->add_flag("--operator", typed->asks_operator, "Ask for manual steps on this terminal");
    command->add_option("--answers", typed->answers, "Answers to manual steps, written down: YAML (docs/cases.md)")
        ->type_name("FILE")
        ->excludes(asks);
    command->add_option("--lang", typed->language, "Language of summary and reports: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "Exit status: 0 all passed or does not apply, 1 something failed, 2 it could not run, 3 something was left\n"
        "inconclusive, in error or not run. A case that needs a device which was not given is left out, and counted; "
        "one\n"
        "selected by its id is not run.\n"
        "Examples:\n"
        "  tongka run --device sim:card --psam sim:psam --isam sim:isam --out out/first\n"
        "  tongka run 'purchase-*' 304-LOD-003 --device \"pcsc:ACS ACR1281 00 01\" --profile my-card.yaml\n"
        "  tongka run --device sim:card --psam sim:psam --isam sim:isam --out out/first --resume\n"
        "  tongka run 'terminal-*' --terminal sim:terminal --device sim:card --psam sim:psam --isam sim:isam\n"
        "  tongka run 'message-*' --host sim:host --device sim:card --isam sim:isam\n"
        "  tongka run 'file-upload-*' --file upload/ --keys cn.keys");
    command->callback([typed, &exit_status] {
        auto status = run_cases(*typed);
        if (!status)
            fmt::print(stderr, "tongka run: {}\n", status.error().message);
        exit_status = status ? *status : could_not_run;
    });
}

} // namespace tongka::cli
