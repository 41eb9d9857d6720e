#include "simulator/terminal/load.hpp"

#include <algorithm>

#include "core/hex.hpp"
#include "simulator/terminal/isam_steps.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Bytes;
using core::BytesView;

constexpr core::Byte load_type = 0x02; // EP

struct LoadedCard {
    Asn asn{};
    std::array<core::Byte, 2> city{};
};

core::Result<LoadedCard> select(const Transmit& card) {
    TONGKA_CHECK(ask(card, "card", "SELECT the application", "00A4040009A0000000038698070100"_hex));
    TONGKA_TRY(const Bytes data, ask(card, "card", "READ BINARY 0015", "00B095001E"_hex, 30));
    LoadedCard read;
    std::ranges::copy(BytesView(data).subspan(2, 2), read.city.begin());
    std::ranges::copy(BytesView(data).subspan(12, 8), read.asn.begin());
    return read;
}

core::Result<void> verify(const Transmit& card, BytesView pin) {
    const auto verified = verify_pin(card, pin);
    return verified ? core::Result<void>() : core::fail(verified.error().error());
}

core::Result<InitializeAnswer> initialize(const Transmit& card, core::Byte key_index, std::uint32_t amount,
                                          BytesView terminal) {
    TONGKA_TRY(const Bytes answer, ask(card, "card", "INITIALIZE FOR LOAD",
                                       core::concatenate({"805000020B"_hex, Bytes{key_index},
                                                          core::big_endian(amount, 4), terminal, "10"_hex}),
                                       InitializeAnswer::size));
    return InitializeAnswer::parse(answer);
}

/// The TAC that the card still keeps, if it took the load.
core::Result<std::optional<core::Mac>> proof(const Transmit& card, std::uint16_t counter) {
    TONGKA_TRY(const Bytes answer, card(core::concatenate({"805A000202"_hex, core::big_endian(counter, 2), "08"_hex})));
    TONGKA_TRY(const auto response, core::parse_response(answer));
    if (response.sw != 0x9000 || response.data.size() != 8)
        return std::nullopt;
    core::Mac tac{};
    std::ranges::copy(response.data.last(4), tac.begin());
    return tac;
}

} // namespace

core::Result<Asn> read_asn(const Transmit& card) {
    TONGKA_TRY(const LoadedCard read, select(card));
    return read.asn;
}

core::Result<std::optional<LoadState>> recover_load(const Transmit& card, LoadService& host,
                                                    const LoadTerminal& terminal, BytesView pin) {
    TONGKA_TRY(const LoadedCard read, select(card));
    TONGKA_TRY(const auto open, host.open_load(read.asn, load_type));
    if (!open)
        return std::nullopt;
    const LoadName name{read.asn, load_type, open->counter};
    TONGKA_TRY(const auto tac, proof(card, open->prove_counter));
    if (tac) {
        TONGKA_TRY(const auto settled, host.resolve(name, TacEvidence{*tac}));
        if (const auto* state = std::get_if<LoadState>(&settled); state && *state == LoadState::booked)
            return *state;
    }
    TONGKA_CHECK(verify(card, pin));
    TONGKA_TRY(const auto answer, initialize(card, terminal.key_index, open->amount, open->challenge));
    TONGKA_TRY(const auto settled, host.resolve(name, InitializeEvidence{terminal.key_index, open->amount, answer}));
    const auto* state = std::get_if<LoadState>(&settled);
    return state ? *state : LoadState::disputed;
}

core::Result<LoadOutcome> load(const Transmit& card, LoadService& host, const LoadTerminal& terminal,
                               std::uint32_t amount, BytesView pin) {
    TONGKA_CHECK(recover_load(card, host, terminal, pin));
    TONGKA_TRY(const LoadedCard read, select(card));
    TONGKA_CHECK(verify(card, pin));
    TONGKA_TRY(const auto answer, initialize(card, terminal.key_index, amount, terminal.number));
    LoadOutcome outcome{.old_balance = answer.old_balance, .counter = answer.counter};
    TONGKA_TRY(const auto decision, host.authorise({.asn = read.asn,
                                                    .city = read.city,
                                                    .type = load_type,
                                                    .key_index = terminal.key_index,
                                                    .amount = amount,
                                                    .terminal = terminal.number,
                                                    .answer = answer}));
    if (const auto* refusal = std::get_if<Refusal>(&decision)) {
        outcome.state = LoadState::cancelled;
        outcome.refusal = *refusal;
        return outcome;
    }
    const auto& granted = std::get<Authorisation>(decision);
    outcome.date_time = granted.date_time;
    TONGKA_TRY(const Bytes tac,
               ask(card, "card", "CREDIT FOR LOAD",
                   core::concatenate({"805200000B"_hex, granted.date_time, granted.mac2, "04"_hex}), 4));
    std::ranges::copy(tac, outcome.tac.begin());
    outcome.new_balance = answer.old_balance + amount;
    TONGKA_TRY(const auto booked,
               host.confirm({read.asn, load_type, answer.counter}, outcome.tac, outcome.new_balance));
    if (const auto* refusal = std::get_if<Refusal>(&booked)) {
        outcome.state = LoadState::disputed;
        outcome.refusal = *refusal;
    } else {
        outcome.state = std::get<LoadState>(booked);
    }
    return outcome;
}

} // namespace tongka::simulator
