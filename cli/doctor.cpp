#include "cli/doctor.hpp"

#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/doctor_reader.hpp"
#include "cli/language.hpp"
#include "cli/set_up.hpp"
#include "core/hex.hpp"
#include "harness/device/pcsc.hpp"
#include "harness/run/preflight.hpp"

namespace tongka::cli {
namespace {

enum ExitStatus { well = 0, could_not_run = 2 };

void print(bool is_well, std::string_view subject, std::string_view text) {
    fmt::print("{} {}: {}\n", is_well ? "ok   " : "WRONG", subject, text);
}

/// Readers are told, and are no fault where they are missing: a simulated device needs none.
void print_readers(core::Language language) {
    constexpr core::Text subject{"读卡器", "readers"};
    const auto readers = harness::list_readers();
    if (!readers) {
        fmt::print("-     {}: {}\n", subject.in(language), readers.error().message);
        return;
    }
    for (const auto& reader : *readers)
        fmt::print("-     {}: pcsc:{} {}\n", subject.in(language), reader.name,
                   reader.card_present ? "ATR " + core::to_hex(reader.answer_to_reset)
                                       : std::string(core::Text{"(无卡)", "(empty)"}.in(language)));
    if (readers->empty())
        fmt::print("-     {}: {}\n", subject.in(language), core::Text{"没有", "none"}.in(language));
}

ExitStatus examine(const SetUpOptions& options, core::Language language) {
    print_readers(language);
    if (!options.names_something())
        return well;
    auto set = set_up(options);
    if (!set) {
        fmt::print(stderr, "tongka doctor: {}\n", set.error().message);
        return could_not_run;
    }
    bool all_well = true;
    for (const auto& finding : harness::preflight(set->devices, set->profile, core::SystemClock())) {
        print(finding.well, finding.subject.in(language), finding.text);
        all_well &= finding.well;
    }
    return all_well ? well : could_not_run;
}

} // namespace

void add_doctor(CLI::App& app, int& exit_status) {
    struct Typed {
        SetUpOptions set_up;
        std::string language;
        std::string format = "text";
    };
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("doctor", "Look at readers, devices, keys and clock before a run");
    typed->set_up.add_device(*command);
    typed->set_up.add_actors(*command);
    typed->set_up.add_profile(*command);
    command->add_option("--lang", typed->language, "Language: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->add_option("--format", typed->format, "With --reader: text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->footer("Without a device it lists the readers. Exit status: 0 all is well, 2 something is wrong.\n"
                    "With --reader NAME it tells what that reader does, and runs the cases on readers: 1 one failed.\n"
                    "Example: tongka doctor --device \"pcsc:ACS ACR1281 00 01\" --profile my-card.yaml");
    command->callback([typed, &exit_status] {
        if (typed->set_up.reader.empty()) {
            exit_status = examine(typed->set_up, language(typed->language));
            return;
        }
        const auto status = examine_reader(typed->set_up, language(typed->language), typed->format == "json");
        if (!status)
            fmt::print(stderr, "tongka doctor: {}\n", status.error().message);
        exit_status = status ? *status : could_not_run;
    });
}

} // namespace tongka::cli
