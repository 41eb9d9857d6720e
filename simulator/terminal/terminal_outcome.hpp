#pragma once

#include <optional>
#include <string>

#include "simulator/issuer/host/load.hpp"
#include "simulator/terminal/purchase_steps.hpp"
#include "simulator/terminal/refusal_reason.hpp"
#include "simulator/terminal/terminal_record.hpp"

namespace tongka::simulator {

/// How a flow at a terminal ended.
struct TerminalOutcome {
    enum class Result : std::uint8_t {
        accepted,
        refused, ///< nothing was paid; but for mac2_wrong, where a card paid that may be no card of the city
        unknown, ///< the debit was sent and not answered: the record is grey until the card comes again
    };

    Result result = Result::refused;
    std::optional<RefusalReason> reason = {};  ///< of what was refused; `unconfirmed` also of what was accepted
    std::string detail = {};                   ///< the exchange that decided, for people
    std::optional<TerminalRecord> record = {}; ///< of what went as far as debit or credit, and of a lock
    std::optional<Refusal> by_host = {};       ///< why the issuer's host refused
    bool recovered = false;                    ///< an earlier transaction of the card was settled first
    unsigned debits = 0;                       ///< commands sent to the card that take money, or bring it
};

[[nodiscard]] std::string_view name(TerminalOutcome::Result result);

[[nodiscard]] TerminalOutcome refused(RefusalReason reason, std::string detail = {});

/// What an exchange before the debit means that did not come to 9000.
[[nodiscard]] TerminalOutcome refused(const StepFailure& failure);

} // namespace tongka::simulator
