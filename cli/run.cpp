#include "cli/run.hpp"

#include <memory>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/campaign.hpp"
#include "cli/language.hpp"
#include "cli/progress.hpp"
#include "reports/summary_text.hpp"

namespace tongka::cli {

core::Result<int> run_cases(const RunRequest& typed) {
    const auto tongue = language(typed.language);
    TONGKA_TRY(auto requests, requests_of(typed));
    TONGKA_TRY(const auto suite, load_suite(typed));
    if (requests.size() > 1)
        return run_campaign(std::move(requests), typed, suite, tongue);
    Progress progress({""}, isatty(STDERR_FILENO) != 0 && !typed.asks_operator, tongue);
    progress.begin(0);
    auto ran = run_one(requests.front(), suite,
                       [&](std::size_t done, std::size_t all, const harness::Case& test_case,
                           const harness::CaseResult& result) { progress.advance(0, done, all, test_case, result); });
    progress.end(0, {});
    if (!ran)
        return core::fail(ran.error());
    fmt::print("{}", reports::summary_text(ran->summary, ran->folder,
                                           {.language = tongue, .colour = isatty(STDOUT_FILENO) != 0}));
    if (!ran->stopped.empty())
        fmt::print(stderr, "tongka: the run stopped: {}\n", ran->stopped);
    return ran->status;
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
    for (const auto* each :
         {"--device", "--psam", "--isam", "--profile", "--ics", "--state", "--psam-state", "--isam-state"})
        command->get_option(each)->join(between_values);
    command
        ->add_option("--jobs", typed->jobs,
                     "With several devices (--device A --device B …): how many runs at a time (default: all of them)")
        ->check(CLI::PositiveNumber);
    auto* out = command
                    ->add_option("--out", typed->out,
                                 "Folder for record.jsonl and the reports made of it (default: out/run-TIME)")
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
        "inconclusive, in error or not run; of several runs the worst. A case that needs a device which was not given "
        "is left out, and counted; "
        "one\n"
        "selected by its id is not run.\n"
        "Examples:\n"
        "  tongka run --device sim:card --psam sim:psam --isam sim:isam --out out/first\n"
        "  tongka run 'purchase-*' 304-LOD-003 --device \"pcsc:ACS ACR1281 00 01\" --profile my-card.yaml\n"
        "  tongka run --device sim:card --psam sim:psam --isam sim:isam --out out/first --resume\n"
        "  tongka run --device \"pcsc:Reader A\" --device \"pcsc:Reader B\" --psam sim:psam --out out/two\n"
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
