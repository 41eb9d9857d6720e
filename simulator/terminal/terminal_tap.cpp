#include <algorithm>

#include "simulator/terminal/terminal.hpp"

// Rides: entry and exit as composite purchases (clauses.md E; standards.md 12).
namespace tongka::simulator {
namespace {

using enum TerminalDeviation;
using Kind = TerminalRecord::Kind;

constexpr std::uint16_t most_on_card = 0xFFFF; // an amount in a composite record has two bytes

std::uint16_t on_card(std::uint32_t amount) {
    return static_cast<std::uint16_t>(std::min<std::uint32_t>(amount, most_on_card));
}

std::uint16_t composite_file(const core::Rules& rules) {
    return rules.is(core::Rule::composite_file, "0019")   ? 0x0019
           : rules.is(core::Rule::composite_file, "0007") ? 0x0007
                                                          : 0x0017;
}

/// Minutes of a ride, begun ones not counted since the card keeps none; nothing where the entry lies ahead or is none.
std::optional<std::uint32_t> minutes_between(const ShortMoment& from, const ShortMoment& to) {
    const auto begin = read_moment(from);
    const auto end = read_moment(to);
    if (!begin || !end || *end < *begin)
        return std::nullopt;
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::minutes>(*end - *begin).count());
}

} // namespace

tl::expected<Terminal::RideOnCard, TerminalOutcome> Terminal::read_ride(const Transmit& card,
                                                                        const CardData& data) const {
    const bool local = parameters_.local_composite && data.city == parameters_.city;
    RideOnCard found{.file = local ? CompositeFile(parameters_.rules, parameters_.local_composite->file,
                                                   parameters_.local_composite->record)
                                   : CompositeFile(parameters_.rules, composite_file(parameters_.rules),
                                                   parameters_.composite_record),
                     .record = {},
                     .ride = {}};
    core::Bytes previous;
    auto record = step(card, "card", "READ RECORD", found.file.read_command());
    if (!record && !(found.file.is_cyclic() && record.error().status_word == 0x6A83)) // 6A83: no ride so far
        return tl::unexpected(refused(record.error()));
    if (record) {
        found.record = *std::move(record);
        if (found.file.is_cyclic())
            previous = step(card, "card", "READ RECORD", found.file.read_command(true)).value_or(core::Bytes{});
        const auto ride = found.file.parse(found.record, previous);
        if (!ride)
            return tl::unexpected(refused(RefusalReason::no_composite_record, "the record has another form"));
        found.ride = *ride;
    }
    if (found.ride.locked && !has(composite_lock_unchecked))
        return tl::unexpected(refused(RefusalReason::composite_locked));
    return found;
}

tl::expected<Terminal::Payment, TerminalOutcome> Terminal::entry_of(RideOnCard card, const TapRequest& request) const {
    const Place place = request.place.value_or(parameters_.place);
    Payment payment{.request = {.amount = 0, .date_time = request.date_time}, .kind = Kind::entry, .place = place};
    if (card.ride.is_inside() && !has(forgotten_exit_ignored)) {
        if (!parameters_.fares.charges_forgotten)
            return tl::unexpected(refused(RefusalReason::exit_missing));
        payment.kind = Kind::surcharge;
        payment.entry_place = card.ride.entry.place;
        payment.entry_moment = card.ride.entry.moment;
        payment.request.amount = parameters_.fares.highest;
    }
    if (has(entry_debits))
        payment.request.amount = parameters_.fares.highest;
    payment.list_amount = payment.request.amount;
    card.ride.enter(request.date_time, place, on_card(payment.request.amount));
    payment.stage = card.file.update_command(card.record, card.ride, true);
    return payment;
}

tl::expected<Terminal::Payment, TerminalOutcome> Terminal::exit_of(RideOnCard card, const TapRequest& request) const {
    const Place place = request.place.value_or(parameters_.place);
    const auto& fares = parameters_.fares;
    Payment payment{.request = {.amount = 0, .date_time = request.date_time}, .kind = Kind::exit, .place = place};
    const auto minutes =
        card.ride.is_inside() ? minutes_between(card.ride.entry.moment, shorten(request.date_time)) : std::nullopt;
    if (minutes && *minutes <= fares.longest_minutes) {
        const auto fare = fares.fare(card.ride.entry.place, place, *minutes);
        if (!fare)
            return tl::unexpected(refused(RefusalReason::unknown_station));
        payment.list_amount = *fare;
        payment.concession = concession(card.ride, *fare);
    } else {
        if (!fares.charges_forgotten)
            return tl::unexpected(refused(RefusalReason::entry_missing));
        payment.list_amount = fares.highest;
    }
    if (card.ride.is_inside()) {
        payment.entry_place = card.ride.entry.place;
        payment.entry_moment = card.ride.entry.moment;
    }
    payment.request.amount = payment.list_amount - payment.concession;
    card.ride.leave(request.date_time, place, on_card(payment.request.amount), parameters_.operator_code);
    payment.stage = card.file.update_command(card.record, card.ride, false);
    return payment;
}

/// From the exit before to the entry of this ride (that a transfer is counted so is inferred).
std::uint32_t Terminal::concession(const Ride& ride, std::uint32_t fare) const {
    if (!ride.exit.in_use() || has(transfer_ignored))
        return 0;
    const auto minutes = minutes_between(ride.exit.moment, ride.entry.moment);
    const auto row = std::ranges::find(parameters_.discounts, ride.operator_code, &TransferDiscount::operator_code);
    return minutes && row != parameters_.discounts.end() && *minutes <= row->minutes ? row->concession(fare) : 0;
}

TerminalOutcome Terminal::tap(const Transmit& card, const Transmit& psam, const TapRequest& request, Kind kind) {
    const Place place = request.place.value_or(parameters_.place);
    return serve(card, psam, request.date_time, kind, place, [&](const CardData& data) {
        auto ride = read_ride(card, data);
        if (!ride)
            return ride.error();
        const auto payment =
            kind == Kind::entry ? entry_of(*std::move(ride), request) : exit_of(*std::move(ride), request);
        return payment ? pay(card, psam, data, *payment) : payment.error();
    });
}

TerminalOutcome Terminal::tap_in(const Transmit& card, const Transmit& psam, const TapRequest& request) {
    return tap(card, psam, request, Kind::entry);
}

TerminalOutcome Terminal::tap_out(const Transmit& card, const Transmit& psam, const TapRequest& request) {
    return tap(card, psam, request, Kind::exit);
}

} // namespace tongka::simulator
