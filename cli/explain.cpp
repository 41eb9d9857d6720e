#include "cli/explain.hpp"

#include <algorithm>
#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "core/nearest.hpp"
#include "harness/run/run.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;
using core::Language;
using harness::Case;
using harness::LoadedSuite;
using harness::Requirement;

constexpr int could_not_run = 2;

struct Typed {
    std::string id;
    std::string suite;
    std::string clause_map;
    std::string language;
};

/// What a confidence means, for those who have not read the catalogue's page.
std::string_view meaning_of(const std::string& confidence) {
    return confidence == "verified"        ? "two independent public sources agree"
           : confidence == "single-source" ? "one public source says so"
                                           : "no public text says so: what breaks it is an observation, not a failure";
}

template <typename Text>
const std::string& in(Language language, const Text& text) {
    return language == Language::zh ? text.zh : text.en;
}

void tell(const Requirement& requirement, Language language, std::string_view indent) {
    fmt::print("{0}{1}  {2}\n{0}  rule        {3}\n{0}  level       {4}\n{0}  clause      {5}\n{0}  basis       {6}\n"
               "{0}  confidence  {7}: {8}\n",
               indent, requirement.id, in(language, requirement.title), in(language, requirement.rule),
               requirement.level,
               requirement.clause.empty() ? std::string("not known (--clause-map)")
                                          : fmt::format("{} of {}", requirement.clause, requirement.edition),
               requirement.basis, requirement.confidence, meaning_of(requirement.confidence));
    if (requirement.is_inspection())
        fmt::print("{}  inspect     {}\n", indent, in(language, requirement.inspect));
}

void tell(const Case& test_case, const LoadedSuite& suite, Language language) {
    std::vector<std::string_view> devices;
    for (const auto role : test_case.devices)
        devices.push_back(name(role));
    fmt::print("{}  {}\n  written in  {}\n  devices     {}\n", test_case.id, in(language, test_case.title),
               test_case.place, fmt::join(devices, ", "));
    if (test_case.applies)
        fmt::print("  applies     {}\n", test_case.applies->source.text);
    if (!test_case.destructive.empty())
        fmt::print("  destructive {}\n", in(language, test_case.destructive));
    fmt::print("  covers\n");
    for (const auto& id : test_case.covers)
        tell(*suite.catalogue.find(id), language, "    ");
}

core::Result<int> explain(const Typed& typed) {
    TONGKA_TRY(auto suite, LoadedSuite::load(typed.suite.empty() ? data_directory() : fs::path(typed.suite)));
    if (!typed.clause_map.empty())
        TONGKA_CHECK(suite.catalogue.apply_clause_map(typed.clause_map));
    const auto tongue = language(typed.language);
    const auto& cases = suite.suite.cases;
    if (const auto found = std::ranges::find(cases, typed.id, &Case::id); found != cases.end()) {
        tell(*found, suite, tongue);
        return 0;
    }
    if (const auto* requirement = suite.catalogue.find(typed.id)) {
        tell(*requirement, tongue, "");
        fmt::print("  cases\n");
        for (const auto& one : cases)
            if (std::ranges::find(one.covers, typed.id) != one.covers.end())
                fmt::print("    {}  {}\n", one.id, in(tongue, one.title));
        return 0;
    }
    std::vector<std::string_view> known;
    for (const auto& one : cases)
        known.push_back(one.id);
    for (const auto& one : suite.catalogue.requirements())
        known.push_back(one.id);
    return core::fail(
        fmt::format("there is no case and no requirement '{}'{}", typed.id, core::suggest(typed.id, known)));
}

} // namespace

void add_explain(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand(
        "explain", "Where a case comes from, or what a requirement stands on and which cases cover it");
    command->add_option("id", typed->id, "A case or a requirement")->required();
    command->add_option("--suite", typed->suite, "Folder with catalogue, cases and procedures (default: Tongka's own)")
        ->type_name("DIR");
    command->add_option("--clause-map", typed->clause_map, "Clauses of the standards' texts: YAML, requirement: clause")
        ->type_name("FILE");
    command->add_option("--lang", typed->language, "zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer("Examples:\n  tongka explain purchase-mac1-wrong\n  tongka explain 304-PUR-012");
    command->callback([typed, &exit_status] {
        auto status = explain(*typed);
        if (!status)
            fmt::print(stderr, "tongka explain: {}\n", status.error().message);
        exit_status = status ? *status : could_not_run;
    });
}

} // namespace tongka::cli
