#include "cli/terminal.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/data_directory.hpp"
#include "cli/line.hpp"
#include "core/bcd.hpp"
#include "core/clock.hpp"
#include "core/hex.hpp"
#include "harness/device/open.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::cli {
namespace {

constexpr int paid_unconfirmed = 1;
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

void print(const simulator::PurchaseRecord& record, bool json) {
    const nlohmann::ordered_json object{
        {"asn", core::to_hex(record.asn)},
        {"city", core::to_hex(record.city)},
        {"type", core::to_hex({&record.type, 1})},
        {"amount", record.amount},
        {"balance_before", record.balance_before},
        {"balance_after", record.balance_before - record.amount},
        {"counter", record.counter},
        {"key_index", core::to_hex({&record.key_index, 1})},
        {"key_version", core::to_hex({&record.key_version, 1})},
        {"algorithm", core::to_hex({&record.algorithm, 1})},
        {"terminal", core::to_hex(record.terminal)},
        {"terminal_serial", core::to_hex(record.terminal_serial)},
        {"date_time", core::to_hex(record.date_time)},
        {"tac", core::to_hex(record.tac)},
        {"mac2", core::to_hex(record.mac2)},
        {"mac2_right", record.unconfirmed.empty()},
    };
    if (json) {
        fmt::print("{}\n", object.dump(2));
        return;
    }
    for (const auto& [name, value] : object.items())
        fmt::print("{:<16} {}\n", name, value.is_string() ? value.get<std::string>() : value.dump());
}

core::Result<int> pay(const Typed& typed) {
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    TONGKA_TRY(const auto moment, moment_of(typed.moment));
    const auto open = [&](const std::string& spec, harness::Role role, const std::string& state) {
        return harness::open_device(spec, role, profile, {.seed = fresh_seed(), .deviation = {}, .state = state});
    };
    TONGKA_TRY(const auto card, open(typed.card, harness::Role::card, typed.card_state));
    TONGKA_TRY(const auto psam, open(typed.psam, harness::Role::psam, typed.psam_state));
    TONGKA_CHECK(card->reset());
    TONGKA_CHECK(psam->reset());
    TONGKA_TRY(const auto record,
               simulator::purchase(line_to(*card), line_to(*psam), {.amount = typed.amount, .date_time = moment}));
    print(record, typed.format == "json");
    if (record.unconfirmed.empty())
        return 0;
    fmt::print(stderr, "tongka terminal purchase: the card has paid, but {}\n", record.unconfirmed);
    return paid_unconfirmed;
}

} // namespace

void add_terminal(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* terminal = app.add_subcommand("terminal", "What a terminal does with a card and a PSAM, by hand");
    terminal->require_subcommand(1);
    add_terminal_load(*terminal, exit_status);
    auto* purchase = terminal->add_subcommand("purchase", "A purchase from the EP; the record goes to standard output");
    purchase->add_option("--amount", typed->amount, "What to pay, in fen")->required();
    purchase->add_option("--device", typed->card, "The user card: sim:card, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    purchase->add_option("--psam", typed->psam, "The PSAM: sim:psam, pcsc:READER, pcsc:atr=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    purchase->add_option("--profile", typed->profile, "Profile of simulated devices: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    purchase->add_option("--state", typed->card_state, "Memory of the simulated card")->type_name("FILE");
    purchase->add_option("--psam-state", typed->psam_state, "Memory of the simulated PSAM")->type_name("FILE");
    purchase->add_option("--time", typed->moment, "Date and time of the purchase (default: now, China Standard Time)")
        ->type_name("YYYYMMDDhhmmss");
    purchase->add_option("--format", typed->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    purchase->footer("Exit status: 0 paid, 1 paid but MAC2 was not found right, 2 not paid.\n"
                     "Example: tongka terminal purchase --amount 200 --state card.state --psam-state psam.state");
    purchase->callback([typed, &exit_status] {
        auto end = pay(*typed);
        if (!end)
            fmt::print(stderr, "tongka terminal purchase: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
