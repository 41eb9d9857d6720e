#pragma once

#include <functional>
#include <optional>

#include "simulator/terminal/composite_record.hpp"
#include "simulator/terminal/isam_steps.hpp"
#include "simulator/terminal/load.hpp"
#include "simulator/terminal/parameters.hpp"
#include "simulator/terminal/purchase_steps.hpp"
#include "simulator/terminal/record_store.hpp"
#include "simulator/terminal/terminal_deviation.hpp"
#include "simulator/terminal/terminal_outcome.hpp"

namespace tongka::simulator {

/// A card at a gate.
struct TapRequest {
    Moment date_time{};
    std::optional<Place> place = {}; ///< where not that of the parameters
};

struct TerminalLoad {
    std::uint32_t amount = 0; ///< in fen
    Moment date_time{};
    core::Bytes pin = {}; ///< as VERIFY sends it; empty: not sent. Whoever holds it wipes it
};

/// The reference terminal of GB/T 31778: checks a card in the order that real terminals have (standards.md 7.1;
/// clauses.md J.3), locks a blacklisted one through the PSAM (clauses.md F, J.2), lets it pay, ride or be loaded, and
/// keeps a record that survives a power cut at any moment: it is stored as pending before debit or credit go out. A
/// card whose answer was lost is asked for its proof (805A) when it comes again; one that comes in between is served as
/// ever. Lines follow 61xx and 6Cxx by themselves.
class Terminal {
public:
    /// The store must outlive it.
    Terminal(TerminalParameters parameters, RecordStore& store, std::optional<TerminalDeviation> deviation = {})
        : parameters_(std::move(parameters)), store_(store), deviation_(deviation) {}

    /// A purchase from the EP; an earlier transaction of this card that is open is settled first.
    [[nodiscard]] TerminalOutcome purchase(const Transmit& card, const Transmit& psam, const PurchaseRequest& request);

    /// Entry and exit of a ride: composite purchases, the entry one of nothing (standards.md 7.1; docs/terminal.md). A
    /// card that comes again right after its debit was cut off, at the same place, is told how that one ended and is
    /// not debited again.
    [[nodiscard]] TerminalOutcome tap_in(const Transmit& card, const Transmit& psam, const TapRequest& request);
    [[nodiscard]] TerminalOutcome tap_out(const Transmit& card, const Transmit& psam, const TapRequest& request);

    /// A load of the EP with a load SAM that is logged in (clauses.md E, F); `sam` was read before the log-in.
    [[nodiscard]] TerminalOutcome load(const Transmit& card, const Transmit& isam, const LoadSam& sam,
                                       const TerminalLoad& request);
    /// The same with the issuer's host, whose book keeps what is open (simulator/terminal/load.hpp).
    [[nodiscard]] TerminalOutcome load(const Transmit& card, LoadService& host, const LoadTerminal& terminal,
                                       const TerminalLoad& request);

    /// Settles what is open of this card, without a new transaction: accepted where it had paid, refused with
    /// `card_refused` where it had not; without a record where nothing was open. The PSAM is asked about MAC2 where it
    /// still waits for it; without one it is not. The PIN is for a card that wants it before a load, whose online
    /// counter cannot be read without (rule load-needs-pin).
    [[nodiscard]] TerminalOutcome recover(const Transmit& card, const Transmit& psam = {}, core::BytesView pin = {});

    [[nodiscard]] const TerminalParameters& parameters() const { return parameters_; }

private:
    /// What is about to be paid.
    struct Payment {
        PurchaseRequest request;
        TerminalRecord::Kind kind = TerminalRecord::Kind::purchase;
        std::uint32_t list_amount = 0;
        std::uint32_t concession = 0;
        Place place{};
        Place entry_place{};
        ShortMoment entry_moment{};
        core::Bytes stage = {}; ///< UPDATE CAPP DATA CACHE; empty: a simple purchase
    };
    /// A ride as it was read, and where from.
    struct RideOnCard {
        CompositeFile file;
        core::Bytes record;
        Ride ride;
    };
    using Service = std::function<TerminalOutcome(const CardData&)>;

    [[nodiscard]] bool has(TerminalDeviation deviation) const { return deviation_ == deviation; }

    /// What every flow begins with: reads the card, settles what is open, checks and locks; then the service.
    [[nodiscard]] TerminalOutcome serve(const Transmit& card, const Transmit& psam, const Moment& moment,
                                        TerminalRecord::Kind kind, const Place& place, const Service& service,
                                        core::BytesView pin = {});
    [[nodiscard]] std::optional<RefusalReason> check(const CardData& card, const Moment& moment,
                                                     TerminalRecord::Kind kind) const;
    [[nodiscard]] std::optional<RefusalReason> check_type(const CardData& card, TerminalRecord::Kind kind) const;
    [[nodiscard]] bool is_blacklisted(const CardData& card) const;
    [[nodiscard]] bool came_just_now(const CardData& card, const Moment& moment, TerminalRecord::Kind kind) const;
    [[nodiscard]] TerminalOutcome lock(const Transmit& card, const Transmit& psam, const CardData& data,
                                       const Moment& moment);

    [[nodiscard]] TerminalOutcome settle(const Transmit& card, const Transmit& psam, TerminalRecord open,
                                         core::BytesView pin);
    [[nodiscard]] TerminalOutcome settle_without_proof(const Transmit& card, TerminalRecord open,
                                                       const StepFailure& proof, core::BytesView pin);
    void show_proof(const Transmit& psam, TerminalRecord& record);

    [[nodiscard]] TerminalOutcome tap(const Transmit& card, const Transmit& psam, const TapRequest& request,
                                      TerminalRecord::Kind kind);
    [[nodiscard]] tl::expected<RideOnCard, TerminalOutcome> read_ride(const Transmit& card, const CardData& data) const;
    [[nodiscard]] tl::expected<Payment, TerminalOutcome> entry_of(RideOnCard on_card, const TapRequest& request) const;
    [[nodiscard]] tl::expected<Payment, TerminalOutcome> exit_of(RideOnCard on_card, const TapRequest& request) const;
    [[nodiscard]] std::uint32_t concession(const Ride& ride, std::uint32_t fare) const;

    [[nodiscard]] TerminalOutcome pay(const Transmit& card, const Transmit& psam, const CardData& data,
                                      const Payment& payment);
    /// Exchanges of a purchase up to MAC1, and what is staged.
    [[nodiscard]] std::optional<TerminalOutcome> prepare(PurchaseSteps& steps, const CardData& data,
                                                         const Payment& payment);
    /// The debit, MAC2, and what becomes of the record.
    [[nodiscard]] TerminalOutcome debit(PurchaseSteps& steps, TerminalRecord record);
    [[nodiscard]] TerminalOutcome credit(IsamSteps& steps, const CardData& data, const TerminalLoad& request);
    [[nodiscard]] std::optional<RefusalReason> check_load(const CardData& data, const TerminalLoad& request,
                                                          std::uint32_t balance, std::uint16_t counter) const;
    [[nodiscard]] TerminalRecord new_record(const CardData& data, TerminalRecord::Kind kind) const;
    [[nodiscard]] TerminalRecord record_of(const PurchaseSteps& steps, const CardData& data,
                                           const Payment& payment) const;

    TerminalParameters parameters_;
    RecordStore& store_;
    std::optional<TerminalDeviation> deviation_;
    std::uint32_t psam_waits_for_ = 0; ///< serial of the record whose MAC2 the PSAM has not been shown; 0: none
};

} // namespace tongka::simulator
