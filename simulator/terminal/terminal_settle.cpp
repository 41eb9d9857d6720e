#include <algorithm>

#include "core/hex.hpp"
#include "simulator/terminal/isam_steps.hpp"
#include "simulator/terminal/terminal.hpp"

// What becomes of a debit or credit whose answer was lost (standards.md 7.6, 12; clauses.md E, J.3).
namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Bytes;
using enum TerminalDeviation;
using Kind = TerminalRecord::Kind;
using Result = TerminalOutcome::Result;
using State = TerminalRecord::State;

/// Debit or credit once more, with what the record holds: what a terminal must not do.
Bytes again(const TerminalRecord& record) {
    const auto& purchase = record.purchase;
    return record.kind == Kind::load
               ? core::concatenate({"805200000B"_hex, purchase.date_time, purchase.mac2, "04"_hex})
               : core::concatenate(
                     {"805401000F"_hex, purchase.terminal_serial, purchase.date_time, purchase.mac2, "08"_hex});
}

} // namespace

TerminalOutcome Terminal::settle(const Transmit& card, const Transmit& psam, TerminalRecord open, core::BytesView pin) {
    const bool is_load = open.kind == Kind::load;
    if (has(is_load ? load_recovery_credits_again : recovery_debits_again)) {
        (void)card(again(open));
        open.state = State::paid;
        (void)store_.put(open);
        return {.result = Result::accepted, .record = open, .debits = 1};
    }
    // The proof goes by the counter after the transaction (standards.md 9 row 9), under one rule by that before.
    const bool before = parameters_.rules.is(core::Rule::prove_counter, "before") != has(recovery_counter_before);
    const auto counter = static_cast<std::uint16_t>(open.purchase.counter + (before ? 0 : 1));
    const auto proof = step(card, "card", "GET TRANSACTION PROVE",
                            core::concatenate({"805A00"_hex, core::Bytes{open.purchase.type}, "02"_hex,
                                               core::big_endian(counter, 2), "08"_hex}),
                            8);
    if (!proof && !proof.error().status_word)
        return {.result = Result::unknown, .detail = proof.error().error().message, .record = open};
    if (!proof)
        return settle_without_proof(card, std::move(open), proof.error(), pin);
    // MAC2 4, TAC 4: the other way round than DEBIT answers (clauses.md J.3); of a load the TAC alone means something.
    if (!is_load)
        std::copy_n(proof->begin(), 4, open.purchase.mac2.begin());
    std::copy_n(proof->begin() + 4, 4, open.purchase.tac.begin());
    open.state = State::paid;
    if (!is_load)
        show_proof(psam, open);
    TerminalOutcome outcome{.result = Result::accepted};
    if (open.state == State::mac2_wrong)
        outcome = refused(RefusalReason::mac2_wrong, open.purchase.unconfirmed);
    if (const auto stored = store_.put(open); !stored)
        return {.result = Result::unknown, .detail = stored.error().message, .record = {}};
    outcome.record = std::move(open);
    return outcome;
}

/// The PSAM can judge the MAC2 of its last 8070 alone, and bears few wrong ones: it is asked where it waits for this
/// one.
void Terminal::show_proof(const Transmit& psam, TerminalRecord& record) {
    record.purchase.unconfirmed = "had by GET TRANSACTION PROVE, not shown to the PSAM";
    if (!psam || psam_waits_for_ != record.serial || has(mac2_not_shown))
        return;
    psam_waits_for_ = 0;
    const auto confirmed =
        step(psam, "PSAM", "CREDIT_SAM_FOR_PURCHASE", core::concatenate({"8072000004"_hex, record.purchase.mac2}));
    record.purchase.unconfirmed = confirmed ? "" : confirmed.error().error().message;
    if (!confirmed && confirmed.error().status_word == 0x9302 && !has(mac2_wrong_taken))
        record.state = State::mac2_wrong;
}

/// 9406 is not enough: a card that has gone on since has no proof of the last but one. Its counter tells.
TerminalOutcome Terminal::settle_without_proof(const Transmit& card, TerminalRecord open, const StepFailure& proof,
                                               core::BytesView pin) {
    const auto now = open.kind == Kind::load
                         ? read_online_counter(card, open.purchase, pin)
                         : read_purse(card, open.purchase, parameters_.rules).transform([](const PurseState& purse) {
                               return purse.counter;
                           });
    if (!now)
        return {.result = Result::unknown, .detail = now.error().error().message, .record = open};
    TerminalOutcome outcome = refused(RefusalReason::card_refused, proof.error().message);
    open.state = State::not_paid;
    if (*now != open.purchase.counter) {
        open.state = State::grey;
        outcome.result = Result::unknown;
        outcome.reason = RefusalReason::grey_record;
    }
    if (const auto stored = store_.put(open); !stored)
        return {.result = Result::unknown, .detail = stored.error().message, .record = {}};
    outcome.record = std::move(open);
    return outcome;
}

TerminalOutcome Terminal::recover(const Transmit& card, const Transmit& psam, core::BytesView pin) {
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
    auto outcome = settle(card, psam, *open, pin);
    outcome.recovered = outcome.record && outcome.record->state != State::pending;
    return outcome;
}

} // namespace tongka::simulator
