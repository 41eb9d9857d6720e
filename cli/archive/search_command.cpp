#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/archive/answer.hpp"
#include "cli/archive/commands.hpp"
#include "cli/language.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    ArchiveOptions options;
    Wanted wanted;
};

constexpr std::array run_columns = {"run",  "started",     "sample",       "vendor", "chip",    "profile",  "pass",
                                    "fail", "observation", "inconclusive", "error",  "not_run", "complete", "folder"};
constexpr std::array case_columns = {"run", "started", "sample", "case", "verdict", "device_us", "reason"};

core::Result<std::string> search(const Typed& typed) {
    TONGKA_TRY(auto archive, Archive::open(typed.options.file, Archive::Absent::refuse));
    const bool of_cases = !typed.wanted.cases.empty();
    TONGKA_TRY(const auto rows, of_cases ? archive.verdicts(typed.wanted, language(typed.options.language))
                                         : archive.runs(typed.wanted));
    if (typed.options.format == "json")
        return as_list(rows);
    return of_cases ? as_table(rows, case_columns) : as_table(rows, run_columns);
}

} // namespace

void add_archive_search(CLI::App& archive, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = archive.add_subcommand("search", "Runs, or with --case verdicts, the oldest first");
    add_archive_file(*command, typed->options);
    add_wanted_runs(*command, typed->wanted);
    std::vector<std::string> verdicts;
    for (std::size_t i = 0; i < reports::outcome_count; ++i)
        verdicts.emplace_back(name_of(static_cast<reports::Outcome>(i)));
    command->add_option("--verdict", typed->wanted.verdict, "Runs that have such a verdict, or with --case these alone")
        ->check(CLI::IsMember(verdicts));
    command->add_option("--case", typed->wanted.cases, "Verdicts of these cases: an id or a pattern")
        ->type_name("PATTERN");
    add_answer_options(*command, typed->options);
    command->footer("Example: tongka archive search --vendor 8660 --case 'purchase-*' --verdict fail --since 2026-01");
    answer_when_asked(*command, exit_status, [typed] { return search(*typed); });
}

} // namespace tongka::cli
