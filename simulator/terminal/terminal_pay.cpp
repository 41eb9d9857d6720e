#include <algorithm>

#include "simulator/terminal/terminal.hpp"

// A purchase, simple or composite, from INITIALIZE to MAC2, with its record stored before the debit goes out
// (clauses.md J.3).
namespace tongka::simulator {
namespace {

using enum TerminalDeviation;
using Kind = TerminalRecord::Kind;
using Result = TerminalOutcome::Result;
using State = TerminalRecord::State;

} // namespace

TerminalRecord Terminal::record_of(const PurchaseSteps& steps, const CardData& data, const Payment& payment) const {
    TerminalRecord record = new_record(data, payment.kind);
    record.place = payment.place;
    record.entry_place = payment.entry_place;
    record.entry_moment = payment.entry_moment;
    record.list_amount = payment.list_amount;
    record.concession = payment.concession;
    record.purchase = steps.record;
    record.purchase.city = data.city;
    if (has(balance_after_recorded))
        record.purchase.balance_before -= record.purchase.amount;
    if (has(counter_after_recorded))
        ++record.purchase.counter;
    if (has(amount_recorded_twice))
        record.purchase.amount *= 2;
    if (has(time_recorded_wrong))
        record.purchase.date_time[6] ^= 0x01;
    return record;
}

std::optional<TerminalOutcome> Terminal::prepare(PurchaseSteps& steps, const CardData& data, const Payment& payment) {
    steps.rules = parameters_.rules;
    steps.reads_psam_dates = !has(psam_dates_unchecked);
    steps.shows_code = !has(code_not_shown);
    if (has(own_city_for_all))
        steps.record.city = parameters_.city;
    psam_waits_for_ = 0;
    if (const auto shown = steps.show_code(); !shown)
        return refused(shown.error());
    if (!steps.psam_is_valid())
        return refused(RefusalReason::psam_not_valid);
    if (has(key_index_one))
        steps.record.key_index = 0x01;
    if (const auto done = steps.initialize(); !done)
        return refused(done.error());
    const auto stage = [&]() -> std::optional<TerminalOutcome> {
        if (payment.stage.empty())
            return std::nullopt;
        const auto staged = steps.stage(payment.stage);
        return staged ? std::nullopt : std::optional(refused(staged.error()));
    };
    if (has(composite_staged_first))
        if (auto failed = stage())
            return failed;
    const auto type = steps.record.type;
    if (has(composite_as_purchase))
        steps.record.type = 0x06;
    const auto done = steps.ask_mac1();
    steps.record.type = type;
    steps.record.city = data.city;
    if (!done)
        return refused(done.error());
    return has(composite_staged_first) ? std::nullopt : stage();
}

TerminalOutcome Terminal::pay(const Transmit& card, const Transmit& psam, const CardData& data,
                              const Payment& payment) {
    if (payment.request.amount > parameters_.most_amount && !has(limit_unchecked))
        return refused(RefusalReason::amount_over_limit);
    const auto* type = parameters_.find_type(data.main_type, data.sub_type);
    const std::uint32_t least = std::max<std::uint32_t>(parameters_.least_balance, type ? type->minimum_balance : 0);
    if (least > 0 && payment.kind != Kind::exit && !has(minimum_unchecked)) {
        const auto balance = read_balance(card);
        if (!balance)
            return refused(balance.error());
        if (*balance < least)
            return refused(RefusalReason::balance_below_minimum);
    }
    PurchaseSteps steps(card, psam, data, payment.request,
                        payment.stage.empty() ? PurchaseSteps::Form::simple : PurchaseSteps::Form::composite);
    if (auto failed = prepare(steps, data, payment))
        return *std::move(failed);
    TerminalRecord record = record_of(steps, data, payment);
    if (!has(pending_after_debit)) {
        const auto stored = store_.put(record);
        if (!stored)
            return refused(RefusalReason::record_not_stored, stored.error().message);
        record.serial = *stored;
        psam_waits_for_ = *stored;
    }
    return debit(steps, std::move(record));
}

TerminalOutcome Terminal::debit(PurchaseSteps& steps, TerminalRecord record) {
    TerminalOutcome outcome{.result = Result::accepted, .debits = 1};
    const auto paid = steps.debit();
    record.purchase.tac = steps.record.tac;
    record.purchase.mac2 = steps.record.mac2;
    record.state = State::paid;
    if (!paid && paid.error().status_word) {
        record.state = State::not_paid;
        const auto debits = outcome.debits;
        outcome = refused(paid.error());
        outcome.debits = debits;
    } else if (!paid && !has(grey_taken_as_paid)) {
        record.state = State::pending;
        outcome.result = Result::unknown;
        outcome.detail = paid.error().error().message;
    } else if (paid && !has(mac2_not_shown)) {
        const auto confirmed = steps.confirm();
        if (!confirmed) {
            record.purchase.unconfirmed = confirmed.error().error().message;
            outcome.reason = RefusalReason::unconfirmed;
            outcome.detail = record.purchase.unconfirmed;
        }
        if (!confirmed && confirmed.error().status_word == 0x9302 && !has(mac2_wrong_taken)) {
            record.state = State::mac2_wrong;
            outcome.result = Result::refused;
            outcome.reason = RefusalReason::mac2_wrong;
        }
        psam_waits_for_ = 0;
    }
    if (record.state != State::pending || has(pending_after_debit)) {
        const auto stored = store_.put(record);
        if (!stored)
            outcome.detail = stored.error().message;
        else
            record.serial = *stored;
    }
    outcome.record = std::move(record);
    return outcome;
}

} // namespace tongka::simulator
