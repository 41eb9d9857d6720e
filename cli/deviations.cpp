#include "cli/deviations.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <memory>
#include <set>
#include <thread>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/deviations/output.hpp"
#include "cli/language.hpp"
#include "core/nearest.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;
using harness::DeviationName;
using harness::Setting;

constexpr int could_not_run = 2;
/// So many deviations are told with every case that catches them.
constexpr std::size_t few = 5;

struct Typed {
    std::vector<std::string> names;
    std::vector<std::string> profiles;
    std::vector<std::string> cases;
    std::string suite;
    std::string format = "text";
    std::string language;
    bool by_case = false;
    bool until_shown = false;
    unsigned jobs = 0;
};

core::Result<std::vector<DeviationName>> chosen(const std::vector<std::string>& terms) {
    const auto all = harness::deviation_names();
    std::vector<std::string_view> names;
    for (const auto& one : all)
        names.push_back(one.name);
    for (const auto& term : terms)
        if (std::ranges::none_of(names,
                                 [&](auto one) { return fnmatch(term.c_str(), std::string(one).c_str(), 0) == 0; }))
            return core::fail(fmt::format("there is no deviation '{}'{}", term, core::suggest(term, names)));
    std::vector<DeviationName> found;
    for (const auto& one : all)
        if (terms.empty() || std::ranges::any_of(terms, [&](const auto& term) {
                return fnmatch(term.c_str(), std::string(one.name).c_str(), 0) == 0;
            }))
            found.push_back(one);
    return found;
}

/// The suite's own profiles, the default first.
std::vector<std::string> every_profile() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(data_directory() / "profiles"))
        if (const auto stem = entry.path().stem(); entry.path().extension() == ".yaml" && stem.extension().empty())
            names.insert(stem.string());
    names.erase(default_profile);
    std::vector<std::string> ordered{default_profile};
    ordered.insert(ordered.end(), names.begin(), names.end());
    return ordered;
}

core::Result<std::vector<Setting>> settings(const std::vector<std::string>& names) {
    std::vector<Setting> made;
    for (const auto& name : names) {
        TONGKA_TRY(const auto path, find_profile(name));
        auto& setting = made.emplace_back(Setting{.name = path.stem().string(), .profile = {}, .declaration = {}});
        TONGKA_TRY(setting.profile, core::load_profile(path));
        TONGKA_TRY(setting.declaration, harness::Declaration::load(fs::path(path).replace_extension(".ics.yaml")));
    }
    return made;
}

std::string told(const Typed& typed, const MatrixOutput& output) {
    if (typed.format == "json")
        return json_of(output);
    if (typed.format == "csv")
        return csv_of(output);
    if (typed.by_case)
        return text_by_case(output);
    return output.request.deviations.size() <= few ? text_in_full(output) : text_by_deviation(output);
}

core::Result<int> run(const Typed& typed) {
    TONGKA_TRY(const auto suite,
               harness::LoadedSuite::load(typed.suite.empty() ? data_directory() : fs::path(typed.suite)));
    TONGKA_TRY(const auto deviations, chosen(typed.names));
    TONGKA_TRY(const auto with, settings(typed.profiles.empty() ? every_profile() : typed.profiles));
    const core::SystemClock clock;
    harness::MatrixRequest request{.suite = suite,
                                   .settings = with,
                                   .deviations = deviations,
                                   .selection = typed.cases,
                                   .layouts = data_directory() / "clearing",
                                   .clock = clock,
                                   .jobs =
                                       typed.jobs != 0 ? typed.jobs : std::max(std::thread::hardware_concurrency(), 1U),
                                   .until_shown = typed.until_shown};
    const bool shown = isatty(STDERR_FILENO) != 0;
    if (shown)
        request.progress = [](std::size_t done, std::size_t all) {
            fmt::print(stderr, "\r\033[K{}/{}", done, all);
            if (done == all)
                fmt::print(stderr, "\r\033[K");
        };
    const auto runs = harness::run_matrix(request);
    auto judgement = harness::judge(runs, request);
    // Only the whole matrix can say that a case is of no use.
    if (!typed.names.empty() || !typed.profiles.empty()) {
        judgement.idle.clear();
        judgement.busy_and_kept.clear();
    }
    const MatrixOutput output{request, runs, judgement, language(typed.language)};
    fmt::print("{}", told(typed, output));
    fmt::print(typed.format == "text" ? stdout : stderr, "{}", verdict_of(output));
    return output.is_well() ? 0 : 1;
}

} // namespace

void add_deviations(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        app.add_subcommand("deviations", "Would the suite notice? Runs cases on wrong devices, and on right "
                                         "ones, in this process");
    command->add_option("deviation", typed->names,
                        "Names of deviations, with * and ? (tongka list deviations); none: all");
    command->add_option("--profile", typed->profiles, "Only these profiles (default: all of the suite)")
        ->type_name("PROFILE")
        ->allow_extra_args(false);
    command->add_option("--case", typed->cases, "Only these cases, requirements or standards, with * and ?")
        ->type_name("SELECTION")
        ->allow_extra_args(false);
    command->add_option("--suite", typed->suite, "Folder with catalogue, cases and procedures (default: Tongka's own)")
        ->type_name("DIR");
    command->add_flag("--by-case", typed->by_case, "What each case catches, in place of what catches each deviation");
    command
        ->add_option("--format", typed->format, "text, json, or csv: a row for each case, a column for each deviation")
        ->check(CLI::IsMember({"text", "json", "csv"}))
        ->capture_default_str();
    command->add_flag("--until-shown", typed->until_shown,
                      "Profile after profile, on each only what is still to be shown: the same judgement, sooner");
    command->add_option("--jobs", typed->jobs, "How many run at once (default: one a core)");
    command->add_option("--lang", typed->language, "Language of titles: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "Exit status: 0 every deviation is caught and right devices fail nothing; 1 one survives, a right device fails "
        "a\n"
        "case, or (where everything was run) a case catches nothing and does not say why it is kept; 2 it could not "
        "run.\n"
        "Examples:\n"
        "  tongka deviations                            # the whole matrix\n"
        "  tongka deviations balance-not-debited        # who would notice that a purchase debits nothing?\n"
        "  tongka deviations --by-case --case 'load-*'  # what are the load cases good for?\n"
        "  tongka deviations --format csv > matrix.csv");
    command->callback([typed, &exit_status] {
        auto status = run(*typed);
        if (!status)
            fmt::print(stderr, "tongka deviations: {}\n", status.error().message);
        exit_status = status ? *status : could_not_run;
    });
}

} // namespace tongka::cli
