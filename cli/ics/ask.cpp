#include <iostream>
#include <memory>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/ics/commands.hpp"
#include "cli/ics/questionnaire.hpp"
#include "cli/ics/sheet.hpp"
#include "cli/language.hpp"
#include "cli/set_up.hpp"
#include "harness/plan/consistency.hpp"

namespace tongka::cli::ics {
namespace {

namespace fs = std::filesystem;

enum ExitStatus { well = 0, wrong = 1, could_not_ask = 2 };

struct Typed {
    std::vector<std::string> kinds;
    std::string from;
    std::string out;
    std::string profile = "city-union";
    std::string language;
};

/// Whether answers may be written there: over those that were proposed, or to a new file. Told before any question.
core::Result<bool> replaces(const Typed& typed) {
    std::error_code error;
    if (!fs::exists(typed.out, error))
        return false;
    if (!typed.from.empty() && fs::equivalent(typed.out, typed.from, error))
        return true;
    return core::fail(
        fmt::format("{}: is there already; choose another name, or go on from it with --from", typed.out));
}

core::Result<ExitStatus> interview(const Typed& typed) {
    const auto tongue = language(typed.language);
    TONGKA_TRY(const auto proformas, load_proformas());
    TONGKA_TRY(const bool replace, replaces(typed));
    harness::Declaration proposed;
    auto kinds = typed.kinds;
    if (!typed.from.empty()) {
        TONGKA_TRY(proposed, harness::Declaration::load(typed.from, proformas));
        if (kinds.empty())
            for (const auto* proforma : harness::kinds_of(proposed, proformas))
                kinds.push_back(proforma->kind);
    }
    TONGKA_TRY(const auto asked, chosen(proformas, kinds));
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    const Questions questions{.kinds = asked,
                              .proposed = proposed,
                              .rules = profile.rules,
                              .language = tongue,
                              .echoes = isatty(STDIN_FILENO) == 0};
    TONGKA_TRY(const auto answers, ask(questions, std::cin, std::cout));
    TONGKA_CHECK(write_new(typed.out, sheet(asked, answers), replace));
    const auto findings = harness::check_declaration(answers, proformas, profile.rules);
    for (const auto& finding : findings)
        fmt::print(stderr, "{}: {}\n", typed.out, tongue == core::Language::zh ? finding.text.zh : finding.text.en);
    return findings.empty() ? well : wrong;
}

} // namespace

void add_ask(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("ask", "Ask question by question, and write the declaration");
    command
        ->add_option("--kind", typed->kinds,
                     "Of what: card, psam, isam, reader, terminal (default: those of --from, else card,psam,isam)")
        ->delimiter(',')
        ->type_name("KIND,…");
    command->add_option("--from", typed->from, "A declaration whose answers are proposed")->type_name("FILE");
    command->add_option("--out", typed->out, "The file to write; that of --from is replaced")
        ->required()
        ->type_name("FILE");
    command->add_option("--profile", typed->profile, "Its rules decide what is asked: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command->add_option("--lang", typed->language, "Language of the questions: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "An empty line takes the answer in brackets; ? explains; back goes back one question. What does not\n"
        "apply by the answers so far is not asked. Nothing is written before the last answer.\n"
        "Exit status: 0 written, 1 written but something does not go together, 2 not written.\n"
        "Examples:\n"
        "  tongka ics ask --kind card --out my-card.ics.yaml\n"
        "  tongka ics ask --from my-card.ics.yaml --out my-card.ics.yaml");
    command->callback([typed, &exit_status] {
        const auto status = interview(*typed);
        if (!status)
            fmt::print(stderr, "tongka ics ask: {}\n", status.error().message);
        exit_status = status ? *status : could_not_ask;
    });
}

} // namespace tongka::cli::ics
