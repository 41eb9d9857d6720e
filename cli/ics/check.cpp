#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/data_directory.hpp"
#include "cli/ics/commands.hpp"
#include "cli/language.hpp"
#include "cli/set_up.hpp"
#include "harness/plan/consistency.hpp"
#include "harness/run/presence.hpp"

namespace tongka::cli::ics {
namespace {

enum ExitStatus { well = 0, wrong = 1, could_not_check = 2 };

struct Typed {
    SetUpOptions set_up;
    std::string file;
    std::string format = "text";
    std::string language;
};

/// One line of what is printed.
struct Line {
    std::string place;
    std::string kind;
    std::string name;
    std::string text;
};

constexpr std::string_view kinds[] = {"unknown", "value", "missing", "mandatory", "inconsistent"};

std::string in(core::Language language, const harness::Words& words) {
    return language == core::Language::zh ? words.zh : words.en;
}

/// What the devices deny, and how many claims they showed and could not show.
struct Shown {
    std::size_t agree = 0;
    std::size_t not_testable = 0;
};

core::Result<Shown> ask_devices(const Typed& typed, const core::Profile& profile,
                                const harness::Declaration& declaration, const harness::Proformas& proformas,
                                core::Language language, std::vector<Line>& lines) {
    using Outcome = harness::Presence::Result;
    TONGKA_TRY(const auto devices, open_devices(typed.set_up, profile));
    TONGKA_TRY(const auto presences,
               harness::check_presence(proformas, declaration, devices, profile, core::SystemClock()));
    Shown shown;
    for (const auto& one : presences) {
        shown.agree += one.result == Outcome::agrees;
        shown.not_testable += one.result == Outcome::not_testable;
        if (one.result != Outcome::absent && one.result != Outcome::undeclared)
            continue;
        const bool absent = one.result == Outcome::absent;
        const core::Text what = absent ? core::Text{"声明了，设备却没有", "declared, but the device does not have it"}
                                       : core::Text{"设备有，却未声明", "the device has it, but it is not declared"};
        lines.push_back(
            {declaration.place("ics." + one.item->key), absent ? "absent" : "undeclared", one.item->key,
             language == core::Language::zh
                 ? fmt::format("{}（{}）{}：{}", one.item->key, one.item->title.zh, what.zh, one.text.zh)
                 : fmt::format("{} ({}): {}: {}", one.item->key, one.item->title.en, what.en, one.text.en)});
    }
    return shown;
}

void print(const Typed& typed, const std::vector<Line>& lines) {
    if (typed.format == "text") {
        for (const auto& line : lines)
            fmt::print("{}: {}\n", line.place, line.text);
        return;
    }
    auto list = nlohmann::ordered_json::array();
    for (const auto& line : lines)
        list.push_back({{"place", line.place}, {"kind", line.kind}, {"name", line.name}, {"text", line.text}});
    fmt::print("{}\n", list.dump(2));
}

/// `file:line:column: what is wrong`, taken apart.
Line wrong_form(const std::string& message) {
    const auto end = message.find(": ");
    return {message.substr(0, end), "form", "", end == std::string::npos ? "" : message.substr(end + 2)};
}

core::Result<ExitStatus> check(const Typed& typed) {
    const auto tongue = language(typed.language);
    TONGKA_TRY(const auto proformas, load_proformas());
    const auto loaded = harness::Declaration::load(typed.file);
    std::error_code error;
    if (!loaded && std::filesystem::is_regular_file(typed.file, error)) {
        print(typed, {wrong_form(loaded.error().message)});
        return wrong;
    }
    if (!loaded)
        return core::fail(loaded.error());
    const auto& declaration = *loaded;
    TONGKA_TRY(const auto path, find_profile(typed.set_up.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    std::vector<Line> lines;
    for (const auto& finding : harness::check_declaration(declaration, proformas, profile.rules))
        lines.push_back({finding.place, std::string(kinds[static_cast<std::size_t>(finding.kind)]), finding.name,
                         in(tongue, finding.text)});
    if (harness::kinds_of(declaration, proformas).empty())
        lines.push_back({declaration.place(""), "missing", "ics",
                         in(tongue, {"什么都没有声明", "nothing is declared that a proforma asks for"})});
    std::optional<Shown> shown;
    if (typed.set_up.names_something()) {
        TONGKA_TRY(shown, ask_devices(typed, profile, declaration, proformas, tongue, lines));
    }
    print(typed, lines);
    if (typed.format == "text" && lines.empty())
        fmt::print("{}: {}\n", typed.file, in(tongue, {"完整且一致", "complete and consistent"}));
    if (typed.format == "text" && shown)
        fmt::print("{}\n", in(tongue, {fmt::format("设备证实{}项声明，{}项无法检验", shown->agree, shown->not_testable),
                                       fmt::format("the devices show {} claims as declared, and cannot show {}",
                                                   shown->agree, shown->not_testable)}));
    return lines.empty() ? well : wrong;
}

} // namespace

void add_check(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("check", "Check a declaration: form, completeness, consistency, and the device");
    command->add_option("file", typed->file, "The declaration")->required()->type_name("FILE");
    command->add_option("--profile", typed->set_up.profile, "Keys, layout and rules: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    typed->set_up.add_device(*command);
    command->add_option("--format", typed->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->add_option("--lang", typed->language, "Language: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "With devices it sends them commands that change nothing and cost no try, and tells what is declared\n"
        "but absent, and what is present but not declared.\n"
        "Exit status: 0 nothing is wrong, 1 something is, 2 it could not be checked.\n"
        "Examples:\n"
        "  tongka ics check my-card.ics.yaml\n"
        "  tongka ics check my-card.ics.yaml --profile my-card.yaml --device pcsc:READER --format json");
    command->callback([typed, &exit_status] {
        const auto status = check(*typed);
        if (!status)
            fmt::print(stderr, "tongka ics check: {}\n", status.error().message);
        exit_status = status ? *status : could_not_check;
    });
}

} // namespace tongka::cli::ics
