#pragma once

#include <optional>
#include <string>

#include "simulator/terminal/parameters.hpp"
#include "simulator/terminal/purchase_steps.hpp"
#include "simulator/terminal/record_store.hpp"
#include "simulator/terminal/refusal_reason.hpp"
#include "simulator/terminal/terminal_deviation.hpp"

namespace tongka::simulator {

/// How a flow at a terminal ended.
struct TerminalOutcome {
    enum class Result : std::uint8_t {
        accepted,
        refused, ///< nothing was paid
        unknown, ///< the debit was sent and not answered: the record is grey until the card comes again
    };

    Result result = Result::refused;
    std::optional<RefusalReason> reason = {};  ///< of what was refused
    std::string detail = {};                   ///< the exchange that decided, for people
    std::optional<TerminalRecord> record = {}; ///< of a purchase that went as far as the debit, and of a lock
    bool recovered = false;                    ///< an earlier purchase of the card was settled first
    unsigned debits = 0;                       ///< commands sent to the card that take money
};

[[nodiscard]] std::string_view name(TerminalOutcome::Result result);

/// The reference terminal of GB/T 31778: checks a card in the order that real terminals have (standards.md 7.1;
/// clauses.md J.3), locks a blacklisted one through the PSAM (clauses.md F, J.2), lets it pay, and keeps a record that
/// survives a power cut at any moment: it is stored as pending before the debit goes out. A card whose debit was not
/// answered is asked for its proof (805A) when it comes again; a card that comes in between pays as ever.
class Terminal {
public:
    /// The store must outlive it.
    Terminal(TerminalParameters parameters, RecordStore& store, std::optional<TerminalDeviation> deviation = {})
        : parameters_(std::move(parameters)), store_(store), deviation_(deviation) {}

    /// A purchase from the EP; an earlier one of this card that is open is settled first.
    [[nodiscard]] TerminalOutcome purchase(const Transmit& card, const Transmit& psam, const PurchaseRequest& request);

    /// Settles what is open of this card, without a new purchase: accepted where it had paid, refused with
    /// `card_refused` where it had not; without a record where nothing was open.
    [[nodiscard]] TerminalOutcome recover(const Transmit& card);

    [[nodiscard]] const TerminalParameters& parameters() const { return parameters_; }

private:
    [[nodiscard]] bool has(TerminalDeviation deviation) const { return deviation_ == deviation; }
    [[nodiscard]] std::optional<RefusalReason> check(const CardData& card, const PurchaseRequest& request) const;
    [[nodiscard]] bool is_blacklisted(const CardData& card) const;
    [[nodiscard]] TerminalOutcome lock(const Transmit& card, const Transmit& psam, const CardData& data,
                                       const PurchaseRequest& request);
    [[nodiscard]] TerminalOutcome settle(const Transmit& card, const CardData& data, TerminalRecord open);
    [[nodiscard]] TerminalOutcome pay(const Transmit& card, const Transmit& psam, const CardData& data,
                                      const PurchaseRequest& request);
    [[nodiscard]] TerminalRecord record_of(const PurchaseSteps& steps, const CardData& data) const;

    TerminalParameters parameters_;
    RecordStore& store_;
    std::optional<TerminalDeviation> deviation_;
};

} // namespace tongka::simulator
