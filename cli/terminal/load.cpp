#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/keys/keys_option.hpp"
#include "cli/language.hpp"
#include "cli/line.hpp"
#include "cli/online_option.hpp"
#include "cli/terminal/commands.hpp"
#include "cli/terminal/flow.hpp"
#include "cli/terminal/load_sam.hpp"
#include "core/hex.hpp"
#include "simulator/issuer/key_system.hpp"
#include "simulator/issuer/load_keys.hpp"
#include "simulator/terminal/online_host.hpp"

namespace tongka::cli {
namespace {

constexpr int refused = 1;

struct Typed {
    TerminalFlow flow;
    KeysOption keys;
    OnlineOption online;
    LoadSamOption sam;
    std::string accounts;
    unsigned key_index = 1;
    std::string terminal = "000000000001";
    std::uint32_t amount = 0;
    std::uint32_t deposit = 0;
    bool settle = false;
};

/// The host of a load, listened to: what is settled is told, and the deposit is paid in when a load is really begun.
class WatchedHost final : public simulator::LoadService {
public:
    using Deposit = std::function<core::Result<void>(const simulator::Asn&)>;

    WatchedHost(simulator::LoadService& host, Deposit deposit) : host_(host), deposit_(std::move(deposit)) {}

    core::Result<simulator::Decision<simulator::Authorisation>>
    authorise(const simulator::LoadRequest& request) override {
        TONGKA_CHECK(deposit_(request.asn));
        return host_.authorise(request);
    }
    core::Result<simulator::Decision<simulator::LoadState>>
    confirm(const simulator::LoadName& name, const core::Mac& tac, std::uint32_t new_balance) override {
        return host_.confirm(name, tac, new_balance);
    }
    core::Result<std::optional<simulator::OpenLoad>> open_load(const simulator::Asn& asn, core::Byte type) override {
        auto open = host_.open_load(asn, type);
        if (open && *open)
            amount_ = (*open)->amount;
        return open;
    }
    core::Result<simulator::Decision<simulator::LoadState>> resolve(const simulator::LoadName& name,
                                                                    const simulator::Evidence& evidence) override {
        auto settled = host_.resolve(name, evidence);
        const auto* state = settled ? std::get_if<simulator::LoadState>(&*settled) : nullptr;
        if (state && *state == simulator::LoadState::booked)
            fmt::print(stderr, "tongka terminal load: the load of {} that was cut off had been taken: it is booked\n",
                       amount_);
        else if (state && *state == simulator::LoadState::cancelled)
            fmt::print(stderr, "tongka terminal load: the load of {} that was cut off was not taken: it is cancelled\n",
                       amount_);
        return settled;
    }

private:
    simulator::LoadService& host_;
    Deposit deposit_;
    std::uint32_t amount_ = 0;
};

int tell(const simulator::TerminalOutcome& outcome, const Typed& typed) {
    if (outcome.by_host && outcome.result == simulator::TerminalOutcome::Result::refused) {
        fmt::print(stderr, "tongka terminal load: {}\n", describe(*outcome.by_host).in(language()));
        return refused;
    }
    if (outcome.result != simulator::TerminalOutcome::Result::accepted || typed.flow.format == "json")
        return typed.flow.tell(outcome, "load");
    const auto& record = *outcome.record;
    fmt::print("old_balance      {}\nnew_balance      {}\ntac              {}\n", record.purchase.balance_before,
               record.balance_after(), core::to_hex(record.purchase.tac));
    if (!outcome.detail.empty())
        fmt::print(stderr, "tongka terminal load: {}\n", outcome.detail);
    return 0;
}

/// With a host, or only settling what is open there.
core::Result<int> load_with(simulator::LoadService& host, const Typed& typed, const core::Profile& profile,
                            const simulator::Transmit& card, const simulator::LoadTerminal& terminal,
                            core::BytesView pin) {
    if (typed.settle) {
        TONGKA_TRY(const auto state, simulator::recover_load(card, host, terminal, pin));
        if (!state)
            fmt::print("no load of this card is open\n");
        return state == simulator::LoadState::disputed ? refused : 0;
    }
    TONGKA_TRY(const auto moment, typed.flow.when());
    TONGKA_TRY(auto parameters, typed.flow.read_parameters(profile, card));
    TONGKA_TRY(auto store, typed.flow.open_records());
    const auto outcome =
        simulator::Terminal(std::move(parameters), store)
            .load(card, host, terminal, {.amount = typed.amount, .date_time = moment, .pin = core::to_bytes(pin)});
    if (outcome.result == simulator::TerminalOutcome::Result::unknown && !outcome.record)
        return core::fail(outcome.detail); // the host's book has what is open
    return tell(outcome, typed);
}

core::Result<int> load_at_host(const Typed& typed, const core::Profile& profile, const simulator::Transmit& card,
                               core::BytesView pin) {
    TONGKA_TRY(const auto number, core::from_hex(typed.terminal, 6, "--terminal"));
    simulator::LoadTerminal terminal{.key_index = static_cast<core::Byte>(typed.key_index)};
    std::ranges::copy(number, terminal.number.begin());
    core::SystemRandom random;
    TONGKA_TRY(const auto store, typed.keys.open(random));
    if (typed.accounts.empty()) {
        TONGKA_TRY(const auto connection, typed.online.open(*store, typed.terminal));
        simulator::OnlineHost online(*connection->line);
        WatchedHost host(online, [](const simulator::Asn&) { return core::Result<void>(); });
        return load_with(host, typed, profile, card, terminal, pin);
    }
    if (!store->owner().city)
        return core::fail(
            fmt::format("{}: a load host works with a city's keys; these are the centre's", typed.keys.store));
    const core::SystemClock clock;
    TONGKA_TRY(auto accounts, simulator::Accounts::open(typed.accounts));
    TONGKA_TRY(terminal.key_index, simulator::current_generation(*store));
    simulator::LoadHost here(accounts, simulator::load_keys(*store), profile.rules, clock, random);
    WatchedHost host(here, [&](const simulator::Asn& asn) -> core::Result<void> {
        if (typed.deposit > 0)
            TONGKA_CHECK(accounts.deposit(core::to_hex(asn), typed.deposit));
        return {};
    });
    return load_with(host, typed, profile, card, terminal, pin);
}

core::Result<int> load_with_sam(const Typed& typed, const core::Profile& profile, const simulator::Transmit& card,
                                core::BytesView pin) {
    TONGKA_TRY(const auto moment, typed.flow.when());
    TONGKA_TRY(const auto device, typed.flow.open(typed.sam.device, harness::Role::isam, profile, typed.sam.state));
    TONGKA_TRY(const auto sam, log_in(typed.sam, line_to(*device), profile));
    TONGKA_TRY(auto parameters, typed.flow.read_parameters(profile, card));
    TONGKA_TRY(auto store, typed.flow.open_records());
    return tell(simulator::Terminal(std::move(parameters), store)
                    .load(card, line_to(*device), sam,
                          {.amount = typed.amount, .date_time = moment, .pin = core::to_bytes(pin)}),
                typed);
}

core::Result<int> load(const Typed& typed) {
    const bool with_sam = !typed.sam.device.empty();
    if (static_cast<int>(with_sam) + static_cast<int>(!typed.online.host.empty()) +
            static_cast<int>(!typed.accounts.empty()) !=
        1)
        return core::fail("takes either --accounts, or --host and --ca, or --isam");
    if (typed.deposit > 0 && typed.accounts.empty())
        return core::fail("--deposit is for a host in this process: with --accounts");
    if (!with_sam && typed.keys.store.empty())
        return core::fail("--keys is needed for a load with a host");
    if (with_sam && typed.settle)
        return core::fail("a load with a load SAM is settled by tongka terminal recover");
    if (typed.amount == 0 && !typed.settle)
        return core::fail("--amount is needed");
    TONGKA_TRY(const auto profile, typed.flow.load_profile());
    TONGKA_TRY(const auto device,
               typed.flow.open(typed.flow.card, harness::Role::card, profile, typed.flow.card_state));
    const bool needs_pin = profile.rules.is(core::Rule::load_needs_pin, "yes");
    const core::BytesView pin = needs_pin ? core::BytesView(profile.card.pin) : core::BytesView{};
    const auto card = line_to(*device);
    return with_sam ? load_with_sam(typed, profile, card, pin) : load_at_host(typed, profile, card, pin);
}

} // namespace

void add_terminal_load(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand(
        "load", "A load of the EP, with the load host of a city in this process or on-line, or with a load SAM");
    typed->keys.add_to(*command);
    command->get_option("--keys")->required(false);
    typed->online.add_to(*command, false);
    typed->sam.add_to(*command);
    command
        ->add_option("--accounts", typed->accounts, "The book of a host in this process (tongka issue card --accounts)")
        ->type_name("FILE");
    command->add_option("--amount", typed->amount, "What to load, in fen");
    command->add_option("--deposit", typed->deposit,
                        "Pay this into the card's account, in fen, when the load is begun");
    command->add_flag("--settle", typed->settle, "Load nothing: settle what was cut off, at a host");
    typed->flow.add_card_to(*command);
    typed->flow.add_records_to(*command, false);
    typed->flow.add_moment_to(*command);
    command->add_option("--terminal", typed->terminal, "The terminal's number, 6 bytes")
        ->type_name("HEX")
        ->capture_default_str();
    command->add_option("--key-index", typed->key_index, "Index of the load key to ask a host on-line for")
        ->check(CLI::Range(1U, 255U))
        ->capture_default_str();
    command->footer(
        "A load that was cut off before is settled first, and told. The PIN of a card that wants it (rule "
        "load-needs-pin) is the profile's.\n"
        "Exit status: 0 loaded, 1 refused or not known, 2 it could not be done.\n"
        "Example: tongka terminal load --keys changchun.keys --accounts book.db --deposit 5000 --amount 5000 "
        "--state card.state\n"
        "         tongka terminal load --keys terminal9.keys --host 127.0.0.1:4433 --ca ca.pem --terminal 000000000009 "
        "--amount 5000 --state card.state\n"
        "         tongka terminal load --isam sim:isam --limit 20000 --amount 5000 --records terminal.records");
    run_flow(*command, exit_status, [typed] { return load(*typed); });
}

} // namespace tongka::cli
