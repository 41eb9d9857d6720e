#include "cli/case.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/file_watch.hpp"
#include "cli/language.hpp"
#include "cli/set_up.hpp"
#include "harness/actor/work_folder.hpp"
#include "harness/language/loader.hpp"
#include "harness/run/run.hpp"
#include "reports/report.hpp"
#include "reports/summary_text.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

enum ExitStatus { passed = 0, failed = 1, could_not_run = 2, left_open = 3 };

struct Typed {
    std::vector<std::string> files;
    std::vector<std::string> procedures;
    std::vector<std::string> selection;
    SetUpOptions set_up;
    std::string language;
    bool watch = false;
};

std::vector<fs::path> yaml_files(const fs::path& folder) {
    std::set<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".yaml")
            files.insert(entry.path());
    return {files.begin(), files.end()};
}

std::vector<fs::path> procedures_of(const Typed& typed) {
    auto files = yaml_files(data_directory() / "procedures");
    files.insert(files.end(), typed.procedures.begin(), typed.procedures.end());
    return files;
}

/// The cases of these files, on the procedures and the catalogue of the suite.
core::Result<harness::LoadedSuite> load(const Typed& typed) {
    const auto folder = data_directory();
    TONGKA_TRY(auto catalogue, harness::Catalogue::load(folder / "catalogue"));
    const std::vector<fs::path> cases(typed.files.begin(), typed.files.end());
    TONGKA_TRY(auto suite, harness::load_suite(cases, procedures_of(typed)));
    for (auto& test_case : suite.cases)
        for (const auto& id : test_case.covers) {
            const auto* requirement = catalogue.find(id);
            if (requirement == nullptr)
                return core::fail(fmt::format("{}: {}", test_case.place, catalogue.unknown(id)));
            // A file may lie anywhere while it is written.
            if (std::ranges::find(harness::standards, test_case.standard) == std::end(harness::standards))
                test_case.standard = requirement->standard;
        }
    return harness::LoadedSuite{std::move(suite), std::move(catalogue), "", folder};
}

core::Result<int> check(const Typed& typed) {
    TONGKA_TRY(const auto suite, load(typed));
    TONGKA_TRY(const auto set, set_up(typed.set_up)); // no case is run, but profile and declaration are read
    TONGKA_CHECK(
        harness::make_plan(suite.suite, suite.catalogue, set.declaration, set.profile.rules, {}, set.devices.given()));
    fmt::print("{} case{}, nothing wrong in form, names and widths\n", suite.suite.cases.size(),
               suite.suite.cases.size() == 1 ? "" : "s");
    return passed;
}

core::Result<int> run_once(const Typed& typed) {
    const auto tongue = language(typed.language);
    TONGKA_TRY(const auto suite, load(typed));
    TONGKA_TRY(const auto set, set_up(typed.set_up));
    TONGKA_TRY(auto plan, harness::make_plan(suite.suite, suite.catalogue, set.declaration, set.profile.rules,
                                             typed.selection, set.devices.given()));
    const core::SystemClock clock;
    TONGKA_TRY(const auto folder, harness::WorkFolder::create(fs::temp_directory_path()));
    TONGKA_TRY(auto record, harness::RecordWriter::create(folder->path() / "record.jsonl"));
    TONGKA_TRY(const auto totals, harness::run(std::move(plan),
                                               {.suite = suite,
                                                .profile = set.profile,
                                                .declaration = set.declaration,
                                                .devices = set.devices,
                                                .clock = clock,
                                                .seed = typed.set_up.seed,
                                                .deviation = typed.set_up.deviation,
                                                .selection = typed.selection},
                                               record));
    TONGKA_TRY(const auto summary, reports::write_reports(record.path(), folder->path(), {.language = tongue}));
    fmt::print("{}", reports::summary_text(summary, {}, {.language = tongue, .colour = isatty(STDOUT_FILENO) != 0}));
    std::fflush(stdout);
    if (totals.fail > 0)
        return failed;
    return totals.inconclusive + totals.error + totals.not_run > 0 ? left_open : passed;
}

/// Again each time one of the files, or a procedure, has changed; until Ctrl-C.
core::Result<int> watch(const Typed& typed) {
    auto files = procedures_of(typed);
    files.insert(files.end(), typed.files.begin(), typed.files.end());
    TONGKA_TRY(auto changes, FileWatch::of(files));
    while (true) {
        if (const auto status = run_once(typed); !status)
            fmt::print(stderr, "tongka case: {}\n", status.error().message);
        fmt::print(stderr, "-- waiting for a change (Ctrl-C ends)\n");
        TONGKA_CHECK(changes.wait());
    }
}

void add_files(CLI::App& command, Typed& typed) {
    command.add_option("file", typed.files, "Files of cases")->required()->check(CLI::ExistingFile);
    command
        .add_option("--procedures", typed.procedures, "A file of procedures besides the suite's own; may be repeated")
        ->allow_extra_args(false)
        ->check(CLI::ExistingFile);
}

/// Authors have our own devices at hand, unless they name others.
void take_simulated_devices(SetUpOptions& options) {
    if (options.names_something())
        return;
    options.card = "sim:card";
    options.psam = "sim:psam";
    options.isam = "sim:isam";
    options.terminal = "sim:terminal";
    options.host = "sim:host";
    options.file = "sim:file";
}

template <typename Work>
void run_command(CLI::App& command, const std::shared_ptr<Typed>& typed, int& exit_status, Work work) {
    command.callback([typed, &exit_status, work] {
        take_simulated_devices(typed->set_up);
        auto status = work(*typed);
        if (!status)
            fmt::print(stderr, "tongka case: {}\n", status.error().message);
        exit_status = status ? *status : could_not_run;
    });
}

} // namespace

void add_case(CLI::App& app, int& exit_status) {
    auto* group = app.add_subcommand("case", "For those who write cases: check a file, run it as it is written");
    group->require_subcommand(1);
    auto typed = std::make_shared<Typed>();

    auto* checking = group->add_subcommand("check", "Form, names, widths, requirements and ICS keys of cases");
    add_files(*checking, *typed);
    typed->set_up.add_profile(*checking);
    checking->footer("Exit status: 0 nothing wrong, 2 something is: one line with its place.\n"
                     "Example: tongka case check my-cases.yaml");
    run_command(*checking, typed, exit_status, check);

    auto* running = group->add_subcommand("run", "Run the cases of a file; no record is kept");
    add_files(*running, *typed);
    running->add_option("--case", typed->selection, "Only these, with * and ?")->allow_extra_args(false);
    running->add_flag("--watch", typed->watch, "Run them again whenever the file or a procedure changes");
    typed->set_up.add_device(*running);
    typed->set_up.add_actors(*running);
    typed->set_up.add_profile(*running);
    running
        ->add_option("--deviation", typed->set_up.deviation,
                     "A fault for the simulated device (tongka list deviations)")
        ->type_name("NAME");
    running->add_option("--lang", typed->language, "Language of the summary: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    running->footer("Without a device: simulated ones of all kinds. Exit status: as of tongka run.\n"
                    "Example: tongka case run my-cases.yaml --watch");
    run_command(*running, typed, exit_status,
                [](const Typed& told) { return told.watch ? watch(told) : run_once(told); });
}

} // namespace tongka::cli
