#include "simulator/terminal/terminal.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

using enum TerminalDeviation;
using Kind = TerminalRecord::Kind;
using Result = TerminalOutcome::Result;

/// How long after a tap that was cut off the same card at the same gate is still the same tap (inferred).
constexpr auto same_tap = std::chrono::minutes(5);

/// An entry that costs because the exit before was forgotten is one still.
Kind sort_of(Kind kind) {
    return kind == Kind::surcharge ? Kind::entry : kind;
}

bool is_soon_after(const Moment& earlier, const Moment& later, std::chrono::seconds limit) {
    const auto from = read_moment(earlier);
    const auto to = read_moment(later);
    return from && to && *to >= *from && *to - *from < limit;
}

} // namespace

bool Terminal::is_blacklisted(const CardData& card) const {
    Blacklist::Card key{};
    std::ranges::copy(card.city, key.begin());
    std::ranges::copy(card.industry, key.begin() + 2);
    std::ranges::copy(card.asn, key.begin() + 4);
    return !has(blacklist_unchecked) && parameters_.blacklist.contains(key);
}

bool Terminal::came_just_now(const CardData& card, const Moment& moment, Kind kind) const {
    const auto* last = store_.last(card.asn);
    return last && parameters_.passback_seconds > 0 && kind != Kind::load && sort_of(last->kind) == kind &&
           is_soon_after(last->purchase.date_time, moment, std::chrono::seconds(parameters_.passback_seconds));
}

std::optional<RefusalReason> Terminal::check(const CardData& card, const Moment& moment, Kind kind) const {
    std::array<core::Byte, 4> today{};
    std::copy_n(moment.begin(), today.size(), today.begin());
    const bool foreign = card.city != parameters_.city;
    if (parameters_.needs_enabled && card.enabled == 0 && !has(enabled_unchecked))
        return RefusalReason::not_enabled;
    if (today < card.start && !has(start_unchecked))
        return RefusalReason::not_started;
    if (today > card.expiry && !has(expiry_unchecked))
        return RefusalReason::expired;
    if (foreign && !parameters_.takes_city(card.city) && !has(city_unchecked))
        return RefusalReason::city_not_accepted;
    if (foreign && !parameters_.takes_flag(card.interoperability) && !has(interoperability_unchecked))
        return RefusalReason::no_interoperability;
    if (is_blacklisted(card))
        return RefusalReason::blacklisted;
    if (const auto reason = check_type(card, kind))
        return reason;
    if (came_just_now(card, moment, kind) && !has(passback_unchecked))
        return RefusalReason::same_card_again;
    return std::nullopt;
}

std::optional<RefusalReason> Terminal::check_type(const CardData& card, Kind kind) const {
    const CardType* type = parameters_.find_type(card.main_type, card.sub_type);
    if (!type)
        return has(type_unchecked) ? std::nullopt : std::optional(RefusalReason::type_not_accepted);
    if (!(kind == Kind::load ? type->load : type->sale) && !has(service_unchecked))
        return RefusalReason::service_not_allowed;
    return std::nullopt;
}

TerminalOutcome Terminal::serve(const Transmit& card, const Transmit& psam, const Moment& moment, Kind kind,
                                const Place& place, const Service& service, core::BytesView pin) {
    if (!read_moment(moment))
        return refused(RefusalReason::clock_wrong);
    auto data = read_card(card);
    if (!data)
        return refused(data.error());
    bool recovered = false;
    if (const auto* open = store_.pending(data->asn); open && !has(grey_forgotten)) {
        auto settled = settle(card, psam, *open, pin);
        if (!settled.record || settled.record->state == TerminalRecord::State::pending)
            return refused(RefusalReason::grey_record, settled.detail);
        recovered = true;
        const auto& record = *settled.record;
        if (settled.result == Result::accepted && (kind == Kind::entry || kind == Kind::exit) &&
            sort_of(record.kind) == kind && record.place == place &&
            is_soon_after(record.purchase.date_time, moment, same_tap)) {
            settled.recovered = true;
            return settled;
        }
        if (data = read_card(card); !data) // the application is selected again: nothing is under way
            return refused(data.error());
    }
    const auto reason = check(*data, moment, kind);
    auto outcome = !reason                                ? service(*data)
                   : reason == RefusalReason::blacklisted ? lock(card, psam, *data, moment)
                                                          : refused(*reason);
    outcome.recovered = recovered;
    return outcome;
}

TerminalRecord Terminal::new_record(const CardData& data, Kind kind) const {
    return {.kind = kind,
            .main_type = data.main_type,
            .sub_type = data.sub_type,
            .card_version = data.version,
            .test = parameters_.test,
            .trading_city = parameters_.city,
            .pos = parameters_.pos,
            .operator_code = parameters_.operator_code,
            .place = parameters_.place};
}

TerminalOutcome Terminal::purchase(const Transmit& card, const Transmit& psam, const PurchaseRequest& request) {
    return serve(card, psam, request.date_time, Kind::purchase, parameters_.place, [&](const CardData& data) {
        return pay(card, psam, data, {.request = request, .list_amount = request.amount, .place = parameters_.place});
    });
}

} // namespace tongka::simulator
