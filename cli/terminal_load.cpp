#include <memory>

#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/keys/keys_option.hpp"
#include "cli/language.hpp"
#include "cli/line.hpp"
#include "cli/online_option.hpp"
#include "cli/terminal.hpp"
#include "core/hex.hpp"
#include "harness/device/open.hpp"
#include "simulator/issuer/key_system.hpp"
#include "simulator/issuer/load_keys.hpp"
#include "simulator/terminal/load.hpp"
#include "simulator/terminal/online_host.hpp"

namespace tongka::cli {
namespace {

constexpr int refused = 1;
constexpr int could_not_run = 2;

struct Typed {
    KeysOption keys;
    OnlineOption online;
    std::string accounts;
    unsigned key_index = 1;
    std::string card = "sim:card";
    std::string profile = "city-union";
    std::string state;
    std::string terminal = "000000000001";
    std::uint32_t amount = 0;
    std::uint32_t deposit = 0;
};

core::Result<simulator::LoadOutcome> load_here(const Typed& typed, core::KeyStore& store, const core::Profile& profile,
                                               const simulator::Transmit& card, simulator::LoadTerminal terminal) {
    core::SystemRandom random;
    const core::SystemClock clock;
    if (!store.owner().city)
        return core::fail(
            fmt::format("{}: a load host works with a city's keys; these are the centre's", typed.keys.store));
    TONGKA_TRY(auto accounts, simulator::Accounts::open(typed.accounts));
    TONGKA_TRY(terminal.key_index, simulator::current_generation(store));
    if (typed.deposit > 0) {
        TONGKA_TRY(const auto asn, simulator::read_asn(card));
        TONGKA_CHECK(accounts.deposit(core::to_hex(asn), typed.deposit));
    }
    simulator::LoadHost host(accounts, simulator::load_keys(store), profile.rules, clock, random);
    return simulator::load(card, host, terminal, typed.amount);
}

core::Result<simulator::LoadOutcome> load_online(const Typed& typed, core::KeyStore& store,
                                                 const simulator::Transmit& card, simulator::LoadTerminal terminal) {
    TONGKA_TRY(const auto connection, typed.online.open(store, typed.terminal));
    terminal.key_index = static_cast<core::Byte>(typed.key_index);
    simulator::OnlineHost host(*connection->line);
    return simulator::load(card, host, terminal, typed.amount);
}

core::Result<int> load(const Typed& typed) {
    core::SystemRandom random;
    if (typed.online.host.empty() == typed.accounts.empty())
        return core::fail("takes either --accounts, or --host and --ca");
    if (typed.deposit > 0 && typed.accounts.empty())
        return core::fail("--deposit is for a host in this process: with --accounts");
    TONGKA_TRY(const auto path, find_profile(typed.profile));
    TONGKA_TRY(const auto profile, core::load_profile(path));
    TONGKA_TRY(const auto number, core::from_hex(typed.terminal, 6, "--terminal"));
    simulator::LoadTerminal terminal;
    std::ranges::copy(number, terminal.number.begin());
    TONGKA_TRY(const auto store, typed.keys.open(random));
    TONGKA_TRY(const auto device, harness::open_device(typed.card, harness::Role::card, profile,
                                                       {.seed = fresh_seed(), .deviation = {}, .state = typed.state}));
    TONGKA_CHECK(device->reset());
    const auto card = line_to(*device);
    TONGKA_TRY(const auto outcome, typed.accounts.empty() ? load_online(typed, *store, card, terminal)
                                                          : load_here(typed, *store, profile, card, terminal));
    if (outcome.refusal) {
        fmt::print(stderr, "tongka terminal load: {}\n", simulator::describe(*outcome.refusal).in(language()));
        return refused;
    }
    if (outcome.state != simulator::LoadState::booked) {
        fmt::print(stderr,
                   "tongka terminal load: the card took the load, but its TAC is wrong: the load is disputed\n");
        return refused;
    }
    fmt::print("old_balance      {}\nnew_balance      {}\ntac              {}\n", outcome.old_balance,
               outcome.new_balance, core::to_hex(outcome.tac));
    return 0;
}

} // namespace

void add_terminal_load(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        parent.add_subcommand("load", "A load of the EP, with the load host of a city in this process or on-line");
    typed->keys.add_to(*command);
    typed->online.add_to(*command, false);
    command
        ->add_option("--accounts", typed->accounts, "The book of a host in this process (tongka issue card --accounts)")
        ->type_name("FILE");
    command->add_option("--amount", typed->amount, "What to load, in fen")->required();
    command->add_option("--deposit", typed->deposit, "Pay this into the card's account first, in fen");
    command->add_option("--device", typed->card, "The user card: sim:card, pcsc:READER, pcsc:atr=HEX, pcsc:asn=HEX")
        ->type_name("DEVICE")
        ->capture_default_str();
    command->add_option("--profile", typed->profile, "Profile of a simulated card: a name or a file")
        ->type_name("PROFILE")
        ->capture_default_str();
    command->add_option("--state", typed->state, "Memory of the simulated card")->type_name("FILE");
    command->add_option("--terminal", typed->terminal, "The terminal's number, 6 bytes")
        ->type_name("HEX")
        ->capture_default_str();
    command->add_option("--key-index", typed->key_index, "Index of the load key to ask a host on-line for")
        ->check(CLI::Range(1U, 255U))
        ->capture_default_str();
    command->footer(
        "A load that was cut off before is settled first.\n"
        "Exit status: 0 loaded, 1 the host refused, 2 it could not be done.\n"
        "Example: tongka terminal load --keys changchun.keys --accounts book.db --deposit 5000 --amount 5000 "
        "--state card.state\n"
        "         tongka terminal load --keys terminal9.keys --host 127.0.0.1:4433 --ca ca.pem --terminal 000000000009 "
        "--amount 5000 --state card.state");
    command->callback([typed, &exit_status] {
        auto end = load(*typed);
        if (!end)
            fmt::print(stderr, "tongka terminal load: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
