#include "cli/terminal/flow.hpp"

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "cli/line.hpp"
#include "core/bcd.hpp"
#include "core/clock.hpp"
#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "harness/device/open.hpp"

namespace tongka::cli {
namespace {

constexpr int not_accepted = 1;
constexpr int could_not_run = 2;

void print(const simulator::TerminalOutcome& outcome, bool json) {
    nlohmann::ordered_json object{{"outcome", name(outcome.result)}};
    if (outcome.reason)
        object["reason"] = info(*outcome.reason).name;
    if (!outcome.detail.empty())
        object["detail"] = outcome.detail;
    if (outcome.recovered)
        object["recovered"] = true;
    if (outcome.record) {
        object.update(nlohmann::ordered_json::parse(to_line(*outcome.record)));
        object["balance_after"] = outcome.record->balance_after();
        object["mac2_right"] = outcome.record->purchase.unconfirmed.empty();
    }
    if (json) {
        fmt::print("{}\n", object.dump(2));
        return;
    }
    for (const auto& [name, value] : object.items())
        fmt::print("{:<16} {}\n", name, value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace

void TerminalFlow::add_card_to(CLI::App& command) {
    command.add_option("--device", card, "The user card: sim:card, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command.add_option("--profile", profile, "Profile of simulated devices: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command.add_option("--state", card_state, "Memory of the simulated card")->type_name("FILE");
    command
        .add_option("--parameters", parameters,
                    "What the terminal accepts (docs/terminal.md; default: cards of the card's city)")
        ->type_name("FILE");
    command.add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

void TerminalFlow::add_records_to(CLI::App& command, bool required) {
    command.add_option("--records", records, "The terminal's journal: records are kept in it")
        ->type_name("FILE")
        ->required(required);
}

void TerminalFlow::add_moment_to(CLI::App& command) {
    command.add_option("--time", moment, "Date and time of the terminal (default: now, China Standard Time)")
        ->type_name("YYYYMMDDhhmmss");
}

void TerminalFlow::add_deviation_to(CLI::App& command) {
    command
        .add_option("--deviation", deviation,
                    "A fault of the terminal (tongka list deviations): shows what a tester makes of it")
        ->type_name("NAME");
}

core::Result<std::optional<simulator::TerminalDeviation>> TerminalFlow::find_deviation() const {
    if (deviation.empty())
        return std::nullopt;
    const auto found = simulator::find_terminal_deviation(deviation);
    if (found)
        return found;
    std::vector<std::string_view> names;
    for (const auto& one : simulator::terminal_deviations())
        names.push_back(one.name);
    return core::fail(
        fmt::format("--deviation: terminals have no deviation '{}'{}", deviation, core::suggest(deviation, names)));
}

core::Result<simulator::Moment> TerminalFlow::when() const {
    simulator::Moment made{};
    if (moment.empty()) {
        const auto now = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now());
        const auto bcd = core::to_bcd(std::chrono::sys_seconds(now) + std::chrono::hours(8)); // China Standard Time
        std::ranges::copy(bcd.date, made.begin());
        std::ranges::copy(bcd.time, made.begin() + 4);
        return made;
    }
    TONGKA_TRY(const auto bytes, core::from_hex(moment, made.size(), "--time YYYYMMDDhhmmss"));
    std::ranges::copy(bytes, made.begin());
    if (!simulator::read_moment(made))
        return core::fail(fmt::format("--time {}: is no date and time YYYYMMDDhhmmss", moment));
    return made;
}

core::Result<core::Profile> TerminalFlow::load_profile() const {
    TONGKA_TRY(const auto path, find_profile(profile));
    return core::load_profile(path);
}

core::Result<std::unique_ptr<harness::Device>> TerminalFlow::open(const std::string& spec, harness::Role role,
                                                                  const core::Profile& with,
                                                                  const std::string& state) const {
    TONGKA_TRY(auto device,
               harness::open_device(spec, role, with, {.seed = fresh_seed(), .deviation = {}, .state = state}));
    TONGKA_CHECK(device->reset());
    return device;
}

core::Result<simulator::TerminalParameters> TerminalFlow::read_parameters(const core::Profile& with,
                                                                          const simulator::Transmit& card_line) const {
    if (!parameters.empty()) {
        std::vector<simulator::SkippedLine> skipped;
        TONGKA_TRY(auto made, simulator::load_parameters(parameters, skipped));
        for (const auto& line : skipped)
            fmt::print(stderr, "{}:{}: '{}' is no card, and was skipped\n", line.file.native(), line.line, line.text);
        return made;
    }
    simulator::TerminalParameters made{.city = {}, .most_amount = UINT32_MAX, .rules = with.rules};
    const auto data = simulator::read_card(card_line);
    if (!data)
        return core::fail(data.error().error());
    made.city = data->city;
    return made;
}

core::Result<simulator::RecordStore> TerminalFlow::open_records() const {
    TONGKA_TRY(auto store, simulator::RecordStore::open(records));
    if (store.was_torn())
        fmt::print(stderr, "{}: a record that was cut off while it was written has been removed\n", records);
    return store;
}

int TerminalFlow::tell(const simulator::TerminalOutcome& outcome, std::string_view command) const {
    print(outcome, format == "json");
    const bool accepted = outcome.result == simulator::TerminalOutcome::Result::accepted;
    const bool unconfirmed =
        accepted && !outcome.recovered && outcome.record && !outcome.record->purchase.unconfirmed.empty();
    if (unconfirmed)
        fmt::print(stderr, "tongka terminal {}: the card has paid, but {}\n", command,
                   outcome.record->purchase.unconfirmed);
    else if (outcome.result == simulator::TerminalOutcome::Result::unknown)
        fmt::print(stderr, "tongka terminal {}: it is not known whether the card has taken it: {}\n", command,
                   outcome.detail);
    else if (outcome.reason)
        fmt::print(stderr, "tongka terminal {}: {}{}{}\n", command, info(*outcome.reason).text.in(language()),
                   outcome.detail.empty() ? "" : ": ", outcome.detail);
    return accepted && !unconfirmed ? 0 : not_accepted;
}

void PsamOption::add_to(CLI::App& command) {
    command.add_option("--psam", device, "The PSAM: sim:psam, pcsc:READER, pcsc:atr=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command.add_option("--psam-state", state, "Memory of the simulated PSAM")->type_name("FILE");
}

void run_flow(CLI::App& command, int& exit_status, std::function<core::Result<int>()> work) {
    command.callback([&command, work = std::move(work), &exit_status] {
        auto end = work();
        if (!end)
            fmt::print(stderr, "tongka {} {}: {}\n",
                       command.get_parent()->get_name() == "tables" ? "terminal tables" : "terminal",
                       command.get_name(), end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
