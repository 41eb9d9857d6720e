#include "harness/actor/terminal_actor.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "harness/actor/load_counter.hpp"
#include "harness/actor/terminal_arguments.hpp"
#include "harness/actor/terminal_counts.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::harness {
namespace {

using simulator::TerminalOutcome;
using simulator::TerminalParameters;
using simulator::Transmit;

class TerminalActor final : public Actor {
public:
    TerminalActor(const core::Profile& profile, std::uint64_t seed, TerminalParameters parameters,
                  std::optional<simulator::TerminalDeviation> deviation)
        : profile_(profile), seed_(seed), at_first_(std::move(parameters)), deviation_(deviation) {}

    [[nodiscard]] const ActorIdentity& identity() const override { return identity_; }

    [[nodiscard]] core::Result<void> begin() override {
        parameters_ = at_first_;
        load_sam_.reset();
        counter_.reset();
        terminal_.reset();
        TONGKA_TRY(auto store, simulator::RecordStore::open({}));
        store_.emplace(std::move(store));
        return restart();
    }

    [[nodiscard]] core::Result<void> restart() override {
        terminal_.emplace(parameters_, *store_, deviation_);
        return {};
    }

    [[nodiscard]] core::Result<Values> act(std::string_view action, const Values& arguments,
                                           const Lines& lines) override {
        if (action == "parameters") {
            TONGKA_CHECK(set_parameters(arguments, parameters_));
            TONGKA_CHECK(restart());
            return Values().set_word("outcome", "accepted");
        }
        if (action == "records")
            return tell_records(store_->records());
        if (action == "read-isam")
            return read_isam(lines.isam.transmit);
        if (!lines.card.transmit)
            return core::fail(fmt::format("for '{}' the case has to declare a card (devices)", action));
        return run(action, arguments, lines);
    }

private:
    core::Result<Values> read_isam(const Transmit& isam) {
        if (!isam)
            return core::fail("for 'read-isam' the case has to declare an isam (devices)");
        const auto read = simulator::read_load_sam(isam);
        if (read)
            load_sam_ = *read;
        return Values().set_word("outcome", read ? "accepted" : "refused");
    }

    [[nodiscard]] bool has_pending() const {
        return std::ranges::any_of(store_->records(), [](const auto& record) {
            return record.state == simulator::TerminalRecord::State::pending;
        });
    }

    core::Result<Values> run(std::string_view action, const Values& arguments, const Lines& lines) {
        TerminalCounts sent;
        std::optional<bool> was_recorded; // when the first debit or credit went out
        const Transmit card = [&](core::BytesView command) {
            sent.count_card(command);
            if (sent.debits == 1 && !was_recorded)
                was_recorded = has_pending();
            return lines.card.transmit(command);
        };
        const Transmit psam = lines.psam.transmit ? Transmit([&](core::BytesView command) {
            sent.count_psam(command);
            return lines.psam.transmit(command);
        })
                                                  : Transmit{};
        TONGKA_TRY(const auto outcome, flow(action, arguments, card, psam, lines.isam.transmit));
        Values results;
        tell_outcome(outcome, results);
        sent.tell(results);
        if (was_recorded)
            results.set_word("recorded-first", *was_recorded ? "yes" : "no");
        return results;
    }

    core::Result<TerminalOutcome> flow(std::string_view action, const Values& arguments, const Transmit& card,
                                       const Transmit& psam, const Transmit& isam) {
        const auto pin = core::to_bytes(arguments.bytes("pin"));
        if (action == "recover")
            return terminal_->recover(card, psam, pin);
        if (action == "load-at-host")
            return load_at_host(arguments, card, pin);
        if (action == "load") {
            if (!isam || !load_sam_)
                return core::fail("before 'load' the load SAM is read ('read-isam') and logged in to");
            return terminal_->load(
                card, isam, *load_sam_,
                {.amount = arguments.number("amount"), .date_time = moment_of(arguments), .pin = pin});
        }
        if (!psam)
            return core::fail(fmt::format("for '{}' the case has to declare a psam (devices)", action));
        if (action == "purchase")
            return terminal_->purchase(card, psam,
                                       {.amount = arguments.number("amount"), .date_time = moment_of(arguments)});
        const simulator::TapRequest tap{.date_time = moment_of(arguments), .place = place_of(arguments)};
        return action == "tap-in" ? terminal_->tap_in(card, psam, tap) : terminal_->tap_out(card, psam, tap);
    }

    /// The host is there from the first load of a case on: few cases want one, and its book is a file.
    core::Result<TerminalOutcome> load_at_host(const Values& arguments, const Transmit& card, const core::Bytes& pin) {
        if (!counter_) {
            TONGKA_TRY(counter_, LoadCounter::open(profile_, seed_));
        }
        auto& host = arguments.word("answered", "yes") == "yes" ? counter_->host() : counter_->unheard_host();
        return terminal_->load(card, host, counter_->terminal(parameters_.pos),
                               {.amount = arguments.number("amount"), .date_time = moment_of(arguments), .pin = pin});
    }

    core::Profile profile_;
    std::uint64_t seed_;
    ActorIdentity identity_{.spec = "sim:terminal", .name = "Tongka reference terminal", .version = {}, .sha256 = {}};
    TerminalParameters at_first_;
    TerminalParameters parameters_;
    std::optional<simulator::TerminalDeviation> deviation_;
    std::optional<simulator::RecordStore> store_;
    std::optional<simulator::Terminal> terminal_;
    std::optional<simulator::LoadSam> load_sam_;
    std::unique_ptr<LoadCounter> counter_;
};

} // namespace

core::Result<std::unique_ptr<Actor>> simulate_terminal(const core::Profile& profile, const OpenOptions& options) {
    std::optional<simulator::TerminalDeviation> deviation;
    if (!options.deviation.empty()) {
        deviation = simulator::find_terminal_deviation(options.deviation);
        if (!deviation)
            return core::fail(fmt::format("terminals have no deviation '{}'", options.deviation));
    }
    TerminalParameters parameters;
    parameters.city = profile.card.city;
    parameters.pos = {0x00, 0x00, 0x00, 0x00, 0x00, 0x12};
    parameters.operator_code = {0x00, 0x00, 0x09};
    parameters.place = {1, 1};
    parameters.rules = profile.rules;
    parameters.fares.highest = 700;
    parameters.fares.stations = {{{1, 1}, 0}, {{1, 2}, 3000}, {{1, 3}, 9000}, {{2, 1}, -4000}};
    parameters.fares.segments = {{4000, 200}, {8000, 300}};
    parameters.fares.free_minutes = 5;
    parameters.fares.unit_minutes = 30;
    parameters.fares.unit_fare = 100;
    auto actor = std::make_unique<TerminalActor>(profile, options.seed, std::move(parameters), deviation);
    TONGKA_CHECK(actor->begin());
    return actor;
}

} // namespace tongka::harness
