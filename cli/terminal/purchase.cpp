#include "cli/line.hpp"
#include "cli/terminal/commands.hpp"
#include "cli/terminal/flow.hpp"
#include "core/hex.hpp"

namespace tongka::cli {
namespace {

using simulator::Terminal;
using simulator::TerminalOutcome;
using simulator::Transmit;

struct Typed {
    TerminalFlow flow;
    PsamOption psam;
    std::uint32_t amount = 0;
    bool in = false;
    bool out = false;
    std::string place;
};

/// Opens what a card at a PSAM needs, and does `work` with it.
template <typename Work>
core::Result<int> at_the_psam(const Typed& typed, std::string_view command, Work work) {
    TONGKA_TRY(const auto moment, typed.flow.when());
    TONGKA_TRY(const auto deviation, typed.flow.find_deviation());
    TONGKA_TRY(const auto profile, typed.flow.load_profile());
    TONGKA_TRY(const auto card, typed.flow.open(typed.flow.card, harness::Role::card, profile, typed.flow.card_state));
    TONGKA_TRY(const auto psam, typed.flow.open(typed.psam.device, harness::Role::psam, profile, typed.psam.state));
    TONGKA_TRY(auto parameters, typed.flow.read_parameters(profile, line_to(*card)));
    TONGKA_TRY(auto store, typed.flow.open_records());
    Terminal terminal(std::move(parameters), store, deviation);
    return typed.flow.tell(work(terminal, line_to(*card), line_to(*psam), moment), command);
}

core::Result<int> pay(const Typed& typed) {
    return at_the_psam(typed, "purchase",
                       [&](Terminal& terminal, const Transmit& card, const Transmit& psam, const auto& moment) {
                           return terminal.purchase(card, psam, {.amount = typed.amount, .date_time = moment});
                       });
}

core::Result<int> tap(const Typed& typed) {
    if (typed.in == typed.out)
        return core::fail("takes either --in or --out");
    std::optional<simulator::Place> place;
    if (!typed.place.empty()) {
        TONGKA_TRY(const auto bytes, core::from_hex(typed.place, 2, "--place"));
        place = simulator::Place{bytes[0], bytes[1]};
    }
    return at_the_psam(
        typed, "tap", [&](Terminal& terminal, const Transmit& card, const Transmit& psam, const auto& moment) {
            const simulator::TapRequest request{.date_time = moment, .place = place};
            return typed.in ? terminal.tap_in(card, psam, request) : terminal.tap_out(card, psam, request);
        });
}

core::Result<int> recover(const Typed& typed) {
    TONGKA_TRY(const auto deviation, typed.flow.find_deviation());
    TONGKA_TRY(auto profile, typed.flow.load_profile());
    TONGKA_TRY(const auto card, typed.flow.open(typed.flow.card, harness::Role::card, profile, typed.flow.card_state));
    TONGKA_TRY(auto parameters, typed.flow.read_parameters(profile, line_to(*card)));
    TONGKA_TRY(auto store, typed.flow.open_records());
    const bool needs_pin = profile.rules.is(core::Rule::load_needs_pin, "yes");
    return typed.flow.tell(
        Terminal(std::move(parameters), store, deviation)
            .recover(line_to(*card), {}, needs_pin ? core::BytesView(profile.card.pin) : core::BytesView{}),
        "recover");
}

} // namespace

void add_terminal_purchase(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = terminal.add_subcommand("purchase", "A purchase from the EP; the record goes to standard output");
    command->add_option("--amount", typed->amount, "What to pay, in fen")->required();
    typed->flow.add_card_to(*command);
    typed->psam.add_to(*command);
    typed->flow.add_records_to(*command, false);
    typed->flow.add_moment_to(*command);
    typed->flow.add_deviation_to(*command);
    command->footer("Exit status: 0 paid; 1 refused with a named reason, or paid and not confirmed, or unknown; 2 it "
                    "could not run.\n"
                    "Example: tongka terminal purchase --amount 200 --state card.state --psam-state psam.state");
    run_flow(*command, exit_status, [typed] { return pay(*typed); });
}

void add_terminal_tap(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = terminal.add_subcommand("tap", "A ride: entry or exit as a composite purchase, with its fare");
    command->add_flag("--in", typed->in, "The way in");
    command->add_flag("--out", typed->out, "The way out");
    command->add_option("--place", typed->place, "Line and station (default: that of the parameters)")
        ->type_name("HEX");
    typed->flow.add_card_to(*command);
    typed->psam.add_to(*command);
    typed->flow.add_records_to(*command, false);
    typed->flow.add_moment_to(*command);
    typed->flow.add_deviation_to(*command);
    command->footer("Fares stand in the parameters. Exit status: as of purchase.\n"
                    "Example: tongka terminal tap --out --place 0103 --parameters metro.yaml --records gate.records "
                    "--state card.state --psam-state psam.state");
    run_flow(*command, exit_status, [typed] { return tap(*typed); });
}

void add_terminal_recover(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        terminal.add_subcommand("recover", "Settle a transaction whose end is not known, by the card's proof");
    typed->flow.add_card_to(*command);
    typed->flow.add_records_to(*command, true);
    typed->flow.add_deviation_to(*command);
    command->footer("A load with a host is settled by tongka terminal load --settle.\n"
                    "Exit status: 0 the card had taken it, or nothing is open; 1 it had not, or that is still unknown; "
                    "2 it could not run.\n"
                    "Example: tongka terminal recover --records terminal.records --state card.state");
    run_flow(*command, exit_status, [typed] { return recover(*typed); });
}

} // namespace tongka::cli
