#include <algorithm>
#include <limits>
#include <tuple>

#include "core/hex.hpp"
#include "simulator/terminal/isam_steps.hpp"
#include "simulator/terminal/terminal.hpp"

// Loads of the EP, with a load SAM or with the issuer's host (standards.md 7.3; clauses.md E, F).
namespace tongka::simulator {
namespace {

using enum TerminalDeviation;
using Kind = TerminalRecord::Kind;
using Result = TerminalOutcome::Result;
using State = TerminalRecord::State;

} // namespace

std::optional<RefusalReason> Terminal::check_load(const CardData& data, const TerminalLoad& request,
                                                  std::uint32_t balance, std::uint16_t counter) const {
    const CardType* type = parameters_.find_type(data.main_type, data.sub_type);
    if (!type || has(load_amount_unchecked))
        return std::nullopt;
    // A first load is one at online counter 0 (inferred).
    if ((counter == 0 && request.amount < type->first_minimum) || (type->unit && request.amount % type->unit != 0) ||
        (type->most_load && request.amount > type->most_load))
        return RefusalReason::load_amount_not_allowed;
    const std::uint32_t most = type->most_balance ? type->most_balance : std::numeric_limits<std::uint32_t>::max();
    return balance > most || request.amount > most - balance ? std::optional(RefusalReason::balance_over_maximum)
                                                             : std::nullopt;
}

TerminalOutcome Terminal::load(const Transmit& card, const Transmit& isam, const LoadSam& sam,
                               const TerminalLoad& request) {
    return serve(
        card, {}, request.date_time, Kind::load, parameters_.place,
        [&](const CardData& data) {
            IsamSteps steps(card, isam, sam, data, request.amount, request.date_time);
            return credit(steps, data, request);
        },
        request.pin);
}

TerminalOutcome Terminal::credit(IsamSteps& steps, const CardData& data, const TerminalLoad& request) {
    if (const auto done = steps.verify(request.pin); !done)
        return refused(done.error());
    if (const auto done = steps.initialize(); !done)
        return refused(done.error());
    if (const auto reason = check_load(data, request, steps.record.balance_before, steps.record.counter))
        return refused(*reason);
    const auto right = steps.check_mac1();
    if (!right)
        return refused(right.error());
    if (!*right && !has(load_mac1_unchecked))
        return refused(RefusalReason::mac1_wrong, "card: MAC1 of the load is not the ISAM's");
    if (const auto done = steps.ask_mac2(); !done)
        return refused(done.error());

    TerminalRecord record = new_record(data, Kind::load);
    record.list_amount = request.amount;
    record.purchase = steps.record;
    if (!has(load_pending_after_credit) && !has(load_unrecorded)) {
        const auto stored = store_.put(record);
        if (!stored)
            return refused(RefusalReason::record_not_stored, stored.error().message);
        record.serial = *stored;
    }
    TerminalOutcome outcome{.result = Result::accepted, .debits = 1};
    const auto loaded = steps.credit();
    record.purchase.tac = steps.record.tac;
    record.state = State::paid;
    if (!loaded && loaded.error().status_word) {
        record.state = State::not_paid;
        outcome = refused(loaded.error());
        outcome.debits = 1;
        if (loaded.error().status_word == 0x9302)
            outcome.reason = RefusalReason::mac2_wrong;
    } else if (!loaded) {
        record.state = State::pending;
        outcome.result = Result::unknown;
        outcome.detail = loaded.error().error().message;
    }
    if (!has(load_unrecorded) && (record.state != State::pending || has(load_pending_after_credit))) {
        const auto stored = store_.put(record);
        if (!stored)
            outcome.detail = stored.error().message;
        else
            record.serial = *stored;
    }
    if (record.state == State::paid && parameters_.rules.is(core::Rule::load_log, "terminal"))
        if (const auto logged = steps.append_log(); !logged)
            outcome.detail = logged.error().error().message;
    outcome.record = std::move(record);
    return outcome;
}

TerminalOutcome Terminal::load(const Transmit& card, LoadService& host, const LoadTerminal& terminal,
                               const TerminalLoad& request) {
    return serve(
        card, {}, request.date_time, Kind::load, parameters_.place,
        [&](const CardData& data) {
            const auto balance = read_balance(card);
            if (!balance)
                return refused(balance.error());
            // The counter is not known before INITIALIZE: that the load is not the first is taken for granted.
            if (const auto reason = check_load(data, request, *balance, 1))
                return refused(*reason);
            const auto loaded = simulator::load(card, host, terminal, request.amount, request.pin);
            if (!loaded) {
                if (has(load_without_answer)) // a MAC2 that nobody made
                    std::ignore = card(core::from_hex("805200000B 0000000000000000000000 04").value());
                return TerminalOutcome{.result = Result::unknown, .detail = loaded.error().message};
            }
            const bool disputed =
                loaded->state == LoadState::disputed; // the card has the money, with a TAC that is wrong
            if (loaded->refusal && !disputed) {
                auto outcome = refused(RefusalReason::host_refused, std::string(describe(*loaded->refusal).en));
                outcome.by_host = loaded->refusal;
                return outcome;
            }
            TerminalOutcome outcome{.result = disputed ? Result::unknown : Result::accepted, .debits = 1};
            TerminalRecord record = new_record(data, Kind::load);
            record.state = disputed ? State::grey : State::paid;
            if (disputed) {
                outcome.reason = RefusalReason::host_refused;
                outcome.by_host = loaded->refusal;
                outcome.detail = "the card took the load, but its TAC is wrong: the load is disputed";
            }
            record.list_amount = request.amount;
            record.purchase.asn = data.asn;
            record.purchase.city = data.city;
            record.purchase.key_index = terminal.key_index;
            record.purchase.type = 0x02;
            record.purchase.counter = loaded->counter;
            record.purchase.balance_before = loaded->old_balance;
            record.purchase.amount = request.amount;
            record.purchase.terminal = terminal.number;
            record.purchase.date_time = loaded->date_time;
            record.purchase.tac = loaded->tac;
            if (!has(load_unrecorded)) {
                const auto stored = store_.put(record);
                if (!stored)
                    outcome.detail = stored.error().message;
                else
                    record.serial = *stored;
            }
            outcome.record = std::move(record);
            return outcome;
        },
        request.pin);
}

} // namespace tongka::simulator
