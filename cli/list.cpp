#include "cli/list.hpp"

#include <map>
#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "cli/list_cases.hpp"
#include "cli/table.hpp"
#include "core/rules.hpp"
#include "harness/device/deviations.hpp"
#include "harness/device/simulated.hpp"
#include "harness/run/run.hpp"

namespace tongka::cli {
namespace {

using core::Language;
using harness::LoadedSuite;

std::string in(Language language, const std::string& zh, const std::string& en) {
    return language == Language::zh ? zh : en;
}

core::Result<Table> requirements(Language language) {
    TONGKA_TRY(const auto suite, LoadedSuite::load(data_directory()));
    std::map<std::string_view, unsigned> cases;
    for (const auto& one : suite.suite.cases)
        for (const auto& id : one.covers)
            ++cases[id];
    Table table{{"id", "level", "confidence", "testable", "clause", "cases", "title", "inspect"}};
    for (const auto& one : suite.catalogue.requirements())
        table.rows.push_back({one.id, one.level, one.confidence, one.testable, one.clause,
                              std::to_string(cases[one.id]), in(language, one.title.zh, one.title.en),
                              in(language, one.inspect.zh, one.inspect.en)});
    return table;
}

core::Result<Table> rules(Language language) {
    Table table{{"name", "choices", "confidence", "source", "title"}};
    for (const auto& info : core::rule_table())
        table.rows.push_back({std::string(info.name), fmt::format("{}", fmt::join(info.choices, " ")),
                              std::string(info.confidence), std::string(info.source),
                              std::string(info.title.in(language))});
    return table;
}

/// `6Cxx`, `63Cx` where low digits carry a number.
std::string written(const harness::StatusWordReason& reason) {
    if (reason.sw2 == 0x00 && (reason.sw1 == 0x6C || reason.sw1 == 0x61))
        return fmt::format("{:02X}xx", reason.sw1);
    if (reason.sw1 == 0x63 && reason.sw2 == 0xC0)
        return "63Cx";
    return fmt::format("{:02X}{:02X}", reason.sw1, reason.sw2);
}

core::Result<Table> status_words(Language) {
    Table table{{"device", "command", "sw", "reason", "basis"}};
    for (const auto& reason : harness::status_word_reasons())
        table.rows.push_back({std::string(reason.device), std::string(reason.command), written(reason),
                              std::string(reason.text), std::string(reason.basis)});
    return table;
}

core::Result<Table> deviations(Language language) {
    Table table{{"name", "device", "title"}};
    for (const auto& one : harness::deviation_names())
        table.rows.push_back({std::string(one.name), std::string(one.device), std::string(one.title.in(language))});
    return table;
}

const std::map<std::string, core::Result<Table> (*)(Language)> kinds = {
    {"deviations", deviations},
    {"requirements", requirements},
    {"rules", rules},
    {"status-words", status_words},
};

struct Typed {
    std::string kind;
    std::string format = "text";
    std::string language;
    CasesWanted cases;
};

core::Result<Table> table_of(const Typed& typed) {
    const auto tongue = language(typed.language);
    if (typed.kind == "cases")
        return list_cases(typed.cases, tongue);
    if (typed.cases.wants_plan())
        return core::fail(fmt::format("only cases are selected and planned, not {}", typed.kind));
    return kinds.at(typed.kind)(tongue);
}

} // namespace

void add_list(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("list", "List cases, requirements, rules, status words or deviations");
    command->add_option("what", typed->kind, "cases, deviations, requirements, rules or status-words")
        ->required()
        ->check(CLI::IsMember({"cases", "deviations", "requirements", "rules", "status-words"}));
    command->add_option("selection", typed->cases.selection,
                        "Of cases, as for tongka run: tells of each whether it would run, and why not");
    typed->cases.set_up.add_profile(*command);
    typed->cases.set_up.add_device(*command);
    typed->cases.set_up.add_actors(*command);
    command->add_option("--format", typed->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->add_option("--lang", typed->language, "Language of titles: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "A rule's first choice is its default. The first choices of all rules are the profile city-union.\n"
        "Of cases, any of a selection, --profile, --ics and devices tells what such a run would make of each;\n"
        "no device is opened, and none named stands for all.\n"
        "Examples:\n"
        "  tongka list requirements --format json\n"
        "  tongka list cases 'purchase-*' --profile my-card.yaml --device pcsc:READER");
    command->callback([typed, command, &exit_status] {
        typed->cases.profile_named = command->count("--profile") > 0;
        const auto table = table_of(*typed);
        if (table)
            fmt::print("{}", typed->format == "json" ? as_json(*table) : as_text(*table));
        else
            fmt::print(stderr, "tongka list: {}\n", table.error().message);
        exit_status = table ? 0 : 2;
    });
}

} // namespace tongka::cli
