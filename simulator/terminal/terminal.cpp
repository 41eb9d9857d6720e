#include "simulator/terminal/terminal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using enum TerminalDeviation;
using Result = TerminalOutcome::Result;
using State = TerminalRecord::State;

TerminalOutcome refused(RefusalReason reason, std::string detail = {}) {
    return {.result = Result::refused, .reason = reason, .detail = std::move(detail)};
}

/// What an exchange before the debit means that did not come to 9000.
TerminalOutcome refused(const StepFailure& failure) {
    const auto sw = failure.status_word;
    auto reason = failure.device == "PSAM" ? RefusalReason::psam_refused : RefusalReason::card_refused;
    if (!sw && failure.device == "card")
        reason = RefusalReason::card_left;
    else if (failure.what == "SELECT the application" && failure.device == "card")
        // 6A81 and 6283: the application is blocked (standards.md 9; clauses.md J.2)
        reason = sw == 0x6A81 || sw == 0x6283 || sw == 0x9303 ? RefusalReason::application_locked
                                                              : RefusalReason::card_unreadable;
    else if (sw == 0x9303)
        reason = RefusalReason::application_locked;
    else if (sw == 0x9401)
        reason = RefusalReason::insufficient_balance;
    else if (failure.what == "READ BINARY 0015")
        reason = RefusalReason::card_unreadable;
    return refused(reason, failure.error().message);
}

} // namespace

std::string_view name(TerminalOutcome::Result result) {
    constexpr std::string_view names[] = {"accepted", "refused", "unknown"};
    return names[static_cast<std::size_t>(result)];
}

bool Terminal::is_blacklisted(const CardData& card) const {
    return !has(blacklist_unchecked) &&
           std::ranges::binary_search(parameters_.blacklist, core::read_big_endian(card.asn));
}

std::optional<RefusalReason> Terminal::check(const CardData& card, const PurchaseRequest& request) const {
    std::array<core::Byte, 4> today{};
    std::copy_n(request.date_time.begin(), today.size(), today.begin());
    const bool foreign = card.city != parameters_.city;
    if (parameters_.needs_enabled && card.enabled == 0 && !has(enabled_unchecked))
        return RefusalReason::not_enabled;
    if (today < card.start && !has(start_unchecked))
        return RefusalReason::not_started;
    if (today > card.expiry && !has(expiry_unchecked))
        return RefusalReason::expired;
    if (foreign && !parameters_.white_list.contains(card.city) && !has(city_unchecked))
        return RefusalReason::city_not_accepted;
    if (foreign && !parameters_.interoperability.contains(card.interoperability) && !has(interoperability_unchecked))
        return RefusalReason::no_interoperability;
    if (!parameters_.types.empty() && !parameters_.types.contains({card.main_type, card.sub_type}) &&
        !has(type_unchecked))
        return RefusalReason::type_not_accepted;
    if (request.amount > parameters_.most_amount && !has(limit_unchecked))
        return RefusalReason::amount_over_limit;
    return std::nullopt;
}

TerminalRecord Terminal::record_of(const PurchaseSteps& steps, const CardData& data) const {
    TerminalRecord record{
        .main_type = data.main_type, .sub_type = data.sub_type, .card_version = data.version, .purchase = steps.record};
    if (has(balance_after_recorded))
        record.purchase.balance_before -= record.purchase.amount;
    if (has(counter_after_recorded))
        ++record.purchase.counter;
    if (has(amount_recorded_twice))
        record.purchase.amount *= 2;
    return record;
}

TerminalOutcome Terminal::purchase(const Transmit& card, const Transmit& psam, const PurchaseRequest& request) {
    auto data = read_card(card);
    if (!data)
        return refused(data.error());
    bool recovered = false;
    if (const auto* open = store_.pending(data->asn); open && !has(grey_forgotten)) {
        const auto settled = settle(card, *data, *open);
        if (settled.result == Result::unknown)
            return refused(RefusalReason::grey_record, settled.detail);
        recovered = true;
        if (data = read_card(card); !data) // the application is selected again: nothing is under way
            return refused(data.error());
    }
    auto outcome = [&] {
        if (is_blacklisted(*data))
            return lock(card, psam, *data, request);
        if (const auto reason = check(*data, request))
            return refused(*reason);
        return pay(card, psam, *data, request);
    }();
    outcome.recovered = recovered;
    return outcome;
}

TerminalOutcome Terminal::pay(const Transmit& card, const Transmit& psam, const CardData& data,
                              const PurchaseRequest& request) {
    if (parameters_.least_balance > 0 && !has(minimum_unchecked)) {
        const auto balance = read_balance(card);
        if (!balance)
            return refused(balance.error());
        if (*balance < parameters_.least_balance)
            return refused(RefusalReason::balance_below_minimum);
    }
    PurchaseSteps steps(card, psam, data, request);
    steps.shows_code = !has(code_not_shown);
    steps.debit_p1 = parameters_.rules.is(core::Rule::purchase_debit_p1, "02") ? 0x02 : 0x01;
    if (has(own_city_for_all))
        steps.record.city = parameters_.city;
    if (const auto shown = steps.show_code(); !shown)
        return refused(shown.error());
    if (has(key_index_one))
        steps.record.key_index = 0x01;
    for (const auto next : {&PurchaseSteps::initialize, &PurchaseSteps::ask_mac1})
        if (const auto done = (steps.*next)(); !done)
            return refused(done.error());
    steps.record.city = data.city;

    TerminalRecord record = record_of(steps, data);
    if (!has(pending_after_debit)) {
        const auto stored = store_.put(record);
        if (!stored)
            return refused(RefusalReason::record_not_stored, stored.error().message);
        record.serial = *stored;
    }
    TerminalOutcome outcome{.result = Result::accepted, .debits = 1};
    const auto paid = steps.debit();
    record.purchase.tac = steps.record.tac;
    record.purchase.mac2 = steps.record.mac2;
    record.state = State::paid;
    if (!paid && paid.error().status_word) {
        record.state = State::not_paid;
        outcome.result = Result::refused;
        outcome.reason = RefusalReason::card_refused;
        outcome.detail = paid.error().error().message;
    } else if (!paid && !has(grey_taken_as_paid)) {
        record.state = State::pending;
        outcome.result = Result::unknown;
        outcome.detail = paid.error().error().message;
    } else if (paid && !has(mac2_not_shown)) {
        if (const auto confirmed = steps.confirm(); !confirmed)
            record.purchase.unconfirmed = confirmed.error().error().message;
    }
    if (record.state != State::pending || has(pending_after_debit)) {
        const auto stored = store_.put(record);
        if (!stored)
            outcome.detail = stored.error().message;
    }
    outcome.record = std::move(record);
    return outcome;
}

TerminalOutcome Terminal::settle(const Transmit& card, const CardData&, TerminalRecord open) {
    if (has(recovery_debits_again)) {
        (void)card(core::concatenate(
            {"805401000F"_hex, open.purchase.terminal_serial, open.purchase.date_time, open.purchase.mac2, "08"_hex}));
        open.state = State::paid;
        (void)store_.put(open);
        return {.result = Result::accepted, .record = open, .debits = 1};
    }
    // The proof goes by the counter after the debit (standards.md 9 row 9), under one rule by that before.
    const bool before = parameters_.rules.is(core::Rule::prove_counter, "before") != has(recovery_counter_before);
    const auto counter = static_cast<std::uint16_t>(open.purchase.counter + (before ? 0 : 1));
    const auto proof = step(card, "card", "GET TRANSACTION PROVE",
                            core::concatenate({"805A00"_hex, core::Bytes{open.purchase.type}, "02"_hex,
                                               core::big_endian(counter, 2), "08"_hex}),
                            8);
    TerminalOutcome outcome{.result = Result::accepted};
    if (proof) { // MAC2 4, TAC 4: the other way round than DEBIT answers (clauses.md J.3)
        std::copy_n(proof->begin(), 4, open.purchase.mac2.begin());
        std::copy_n(proof->begin() + 4, 4, open.purchase.tac.begin());
        open.purchase.unconfirmed = "had by GET TRANSACTION PROVE, not shown to the PSAM";
        open.state = State::paid;
    } else if (proof.error().status_word) { // 9406: not done
        open.state = State::not_paid;
        outcome.result = Result::refused;
        outcome.reason = RefusalReason::card_refused;
        outcome.detail = proof.error().error().message;
    } else {
        return {.result = Result::unknown, .detail = proof.error().error().message, .record = open};
    }
    if (const auto stored = store_.put(open); !stored)
        return {.result = Result::unknown, .detail = stored.error().message, .record = open};
    outcome.record = std::move(open);
    return outcome;
}

TerminalOutcome Terminal::recover(const Transmit& card) {
    const auto data = read_card(card);
    if (!data)
        return refused(data.error());
    const auto* open = store_.pending(data->asn);
    if (has(recovery_takes_any_card))
        for (const auto& record : store_.records())
            if (record.state == State::pending)
                open = &record;
    if (!open)
        return {.result = Result::accepted};
    auto outcome = settle(card, *data, *open);
    outcome.recovered = outcome.result != Result::unknown;
    return outcome;
}

} // namespace tongka::simulator
