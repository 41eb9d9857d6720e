#include "cli/terminal.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "cli/line.hpp"
#include "core/bcd.hpp"
#include "core/clock.hpp"
#include "core/hex.hpp"
#include "harness/device/open.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::cli {
namespace {

constexpr int not_accepted = 1;
constexpr int could_not_run = 2;

struct Typed {
    std::string card = "sim:card";
    std::string psam = "sim:psam";
    std::string profile = "city-union";
    std::string card_state;
    std::string psam_state;
    std::uint32_t amount = 0;
    std::string moment; ///< YYYYMMDDhhmmss; empty: now
    std::string format = "text";
    std::string parameters;
    std::string records;
};

core::Result<std::array<core::Byte, 7>> moment_of(const std::string& text) {
    std::array<core::Byte, 7> moment{};
    if (text.empty()) {
        const auto now = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now());
        const auto bcd = core::to_bcd(std::chrono::sys_seconds(now) + std::chrono::hours(8)); // China Standard Time
        std::ranges::copy(bcd.date, moment.begin());
        std::ranges::copy(bcd.time, moment.begin() + 4);
        return moment;
    }
    TONGKA_TRY(const auto bytes, core::from_hex(text, moment.size(), "--time YYYYMMDDhhmmss"));
    if (!core::read_bcd_date(core::BytesView(bytes).first(4)) || !core::read_bcd_time(core::BytesView(bytes).last(3)))
        return core::fail(fmt::format("--time {}: is no date and time YYYYMMDDhhmmss", text));
    std::ranges::copy(bytes, moment.begin());
    return moment;
}

void print(const simulator::TerminalOutcome& outcome, bool json) {
    nlohmann::ordered_json object{{"outcome", name(outcome.result)}};
    if (outcome.reason)
        object["reason"] = info(*outcome.reason).name;
    if (!outcome.detail.empty())
        object["detail"] = outcome.detail;
    if (outcome.recovered)
        object["recovered"] = true;
    if (outcome.record) {
        const auto& record = *outcome.record;
        object.update(nlohmann::ordered_json::parse(to_line(record)));
        object["balance_after"] = record.purchase.balance_before - record.purchase.amount;
        object["mac2_right"] = record.purchase.unconfirmed.empty();
    }
    if (json) {
        fmt::print("{}\n", object.dump(2));
        return;
    }
    for (const auto& [name, value] : object.items())
        fmt::print("{:<16} {}\n", name, value.is_string() ? value.get<std::string>() : value.dump());
}

/// Without parameters: those of a terminal of the card's own city, which asks nothing more.
core::Result<simulator::TerminalParameters> parameters_of(const Typed& typed, const core::Profile& profile,
                                                          const simulator::Transmit& card) {
    if (!typed.parameters.empty()) {
        std::vector<simulator::SkippedLine> skipped;
        TONGKA_TRY(auto parameters, simulator::load_parameters(typed.parameters, skipped));
        for (const auto& line : skipped)
            fmt::print(stderr, "{}: blacklist line {}: '{}' is no card, and was skipped\n", typed.parameters, line.line,
                       line.text);
        return parameters;
    }
    simulator::TerminalParameters parameters{.city = {}, .most_amount = UINT32_MAX, .rules = profile.rules};
    const auto data = simulator::read_card(card);
    if (!data)
        return core::fail(data.error().error());
    parameters.city = data->city;
    return parameters;
}

struct Devices {
    std::unique_ptr<harness::Device> card;
    std::unique_ptr<harness::Device> psam;
    core::Profile profile;
};

core::Result<Devices> open_devices(const Typed& typed, bool with_psam) {
    Devices devices;
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(devices.profile, core::load_profile(path));
    const auto open = [&](const std::string& spec, harness::Role role, const std::string& state) {
        return harness::open_device(spec, role, devices.profile,
                                    {.seed = fresh_seed(), .deviation = {}, .state = state});
    };
    TONGKA_TRY(devices.card, open(typed.card, harness::Role::card, typed.card_state));
    TONGKA_CHECK(devices.card->reset());
    if (with_psam) {
        TONGKA_TRY(devices.psam, open(typed.psam, harness::Role::psam, typed.psam_state));
        TONGKA_CHECK(devices.psam->reset());
    }
    return devices;
}

core::Result<simulator::RecordStore> open_records(const Typed& typed) {
    TONGKA_TRY(auto store, simulator::RecordStore::open(typed.records));
    if (store.was_torn())
        fmt::print(stderr, "{}: a record that was cut off while it was written has been removed\n", typed.records);
    return store;
}

int tell(const simulator::TerminalOutcome& outcome, const Typed& typed, std::string_view command) {
    print(outcome, typed.format == "json");
    const bool accepted = outcome.result == simulator::TerminalOutcome::Result::accepted;
    const bool unconfirmed = accepted && outcome.record && !outcome.record->purchase.unconfirmed.empty();
    if (unconfirmed && !outcome.recovered)
        fmt::print(stderr, "tongka terminal {}: the card has paid, but {}\n", command,
                   outcome.record->purchase.unconfirmed);
    if (outcome.reason)
        fmt::print(stderr, "tongka terminal {}: {}{}{}\n", command, info(*outcome.reason).text.in(language()),
                   outcome.detail.empty() ? "" : ": ", outcome.detail);
    return accepted && (!unconfirmed || outcome.recovered) ? 0 : not_accepted;
}

core::Result<int> pay(const Typed& typed) {
    TONGKA_TRY(const auto moment, moment_of(typed.moment));
    TONGKA_TRY(const auto devices, open_devices(typed, true));
    const auto card = line_to(*devices.card);
    TONGKA_TRY(auto parameters, parameters_of(typed, devices.profile, card));
    TONGKA_TRY(auto store, open_records(typed));
    simulator::Terminal terminal(std::move(parameters), store);
    return tell(terminal.purchase(card, line_to(*devices.psam), {.amount = typed.amount, .date_time = moment}), typed,
                "purchase");
}

core::Result<int> recover(const Typed& typed) {
    TONGKA_TRY(const auto devices, open_devices(typed, false));
    const auto card = line_to(*devices.card);
    TONGKA_TRY(auto parameters, parameters_of(typed, devices.profile, card));
    TONGKA_TRY(auto store, open_records(typed));
    return tell(simulator::Terminal(std::move(parameters), store).recover(card), typed, "recover");
}

void add_card_options(CLI::App& command, Typed& typed) {
    command.add_option("--device", typed.card, "The user card: sim:card, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command.add_option("--profile", typed.profile, "Profile of simulated devices: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command.add_option("--state", typed.card_state, "Memory of the simulated card")->type_name("FILE");
    command
        .add_option("--parameters", typed.parameters, "What the terminal accepts (default: cards of the card's city)")
        ->type_name("FILE");
    command.add_option("--format", typed.format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

template <typename Work>
void run_when_asked(CLI::App& command, std::shared_ptr<Typed> typed, int& exit_status, Work work) {
    command.callback([&command, typed, work, &exit_status] {
        auto end = work(*typed);
        if (!end)
            fmt::print(stderr, "tongka terminal {}: {}\n", command.get_name(), end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

void add_purchase(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* purchase = terminal.add_subcommand("purchase", "A purchase from the EP; the record goes to standard output");
    purchase->add_option("--amount", typed->amount, "What to pay, in fen")->required();
    add_card_options(*purchase, *typed);
    purchase->add_option("--psam", typed->psam, "The PSAM: sim:psam, pcsc:READER, pcsc:atr=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    purchase->add_option("--psam-state", typed->psam_state, "Memory of the simulated PSAM")->type_name("FILE");
    purchase->add_option("--records", typed->records, "Keep the record in this journal")->type_name("FILE");
    purchase->add_option("--time", typed->moment, "Date and time of the purchase (default: now, China Standard Time)")
        ->type_name("YYYYMMDDhhmmss");
    purchase->footer("Exit status: 0 paid; 1 refused with a named reason, or paid and not confirmed, or unknown; 2 it "
                     "could not run.\n"
                     "Example: tongka terminal purchase --amount 200 --state card.state --psam-state psam.state");
    run_when_asked(*purchase, typed, exit_status, pay);
}

void add_recover(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = terminal.add_subcommand("recover", "Settle a purchase whose end is not known, by the card's proof");
    add_card_options(*command, *typed);
    command->add_option("--records", typed->records, "The journal that holds it")->required()->type_name("FILE");
    command->footer(
        "Exit status: 0 it was paid, or nothing is open; 1 it was not paid, or is still unknown; 2 it could "
        "not run.\n"
        "Example: tongka terminal recover --records terminal.records --state card.state");
    run_when_asked(*command, typed, exit_status, recover);
}

} // namespace

void add_terminal(CLI::App& app, int& exit_status) {
    auto* terminal = app.add_subcommand("terminal", "What a terminal does with a card and a PSAM, by hand");
    terminal->require_subcommand(1);
    add_purchase(*terminal, exit_status);
    add_terminal_load(*terminal, exit_status);
    add_terminal_isam(*terminal, exit_status);
    add_recover(*terminal, exit_status);
    add_terminal_records(*terminal, exit_status);
    add_terminal_upload(*terminal, exit_status);
}

} // namespace tongka::cli
