#pragma once

#include <string>

#include "core/result.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {

/// What a terminal uploads of what it did (clauses.md A.1, F: purchase record).
struct TerminalRecord {
    enum class Kind : std::uint8_t { purchase, lock };
    enum class State : std::uint8_t {
        pending,  ///< the debit is about to be sent; after a power cut: grey
        paid,     ///< the card has answered the debit, or proved it
        not_paid, ///< the card has shown that it did not take the debit
        locked,   ///< of a lock: done
    };

    Kind kind = Kind::purchase;
    State state = State::pending;
    std::uint32_t serial = 0; ///< the terminal's own, from 1
    core::Byte main_type = 0;
    core::Byte sub_type = 0;
    core::Byte card_version = 0;
    PurchaseRecord purchase = {}; ///< of a lock: card, city and moment; counter, TAC and PSAM serial 0 (clauses.md F)
};

[[nodiscard]] std::string_view name(TerminalRecord::Kind kind);
[[nodiscard]] std::string_view name(TerminalRecord::State state);

/// One line of JSON, without its end; byte strings in hexadecimal.
[[nodiscard]] std::string to_line(const TerminalRecord& record);
[[nodiscard]] core::Result<TerminalRecord> parse_record(std::string_view line);

} // namespace tongka::simulator
