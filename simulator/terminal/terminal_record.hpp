#pragma once

#include <string>

#include "core/result.hpp"
#include "simulator/terminal/fares.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {

/// What a terminal keeps and uploads of what it did (clauses.md A.1, F: purchase record and load record).
struct TerminalRecord {
    enum class Kind : std::uint8_t { purchase, entry, exit, surcharge, lock, load };
    enum class State : std::uint8_t {
        pending,    ///< the debit (of a load: the credit) is about to be sent; after a power cut: grey
        paid,       ///< the card has answered it, or proved it
        not_paid,   ///< the card has shown that it did not take it
        mac2_wrong, ///< the card answered the debit, and the PSAM found its MAC2 wrong
        grey,       ///< not answered, and the card has gone on since without a proof: for the clearing to tell
        locked,     ///< of a lock: done
    };

    Kind kind = Kind::purchase;
    State state = State::pending;
    std::uint32_t serial = 0; ///< the terminal's own, from 1
    core::Byte main_type = 0;
    core::Byte sub_type = 0;
    core::Byte card_version = 0;
    bool test = false;
    std::array<core::Byte, 2> trading_city{};
    std::array<core::Byte, 6> pos{};
    std::array<core::Byte, 3> operator_code{};
    Place place{};                            ///< of the terminal
    Place entry_place{};                      ///< of an exit
    std::array<core::Byte, 5> entry_moment{}; ///< of an exit: BCD YYMMDDhhmm; zeros where it is not known
    std::uint32_t list_amount = 0;            ///< before the concession, in fen
    std::uint32_t concession = 0;
    /// Of a load: `counter` is the online one, `psam` and `terminal` are the load SAM's (or those of the terminal that
    /// loads with a host), `terminal_serial` and `mac2` zero but where the flow has them. Of a lock: card, city and
    /// moment; counter, TAC and serial 0 (clauses.md F).
    PurchaseRecord purchase = {};

    /// A load adds, all else takes.
    [[nodiscard]] std::uint32_t balance_after() const {
        return kind == Kind::load ? purchase.balance_before + purchase.amount
                                  : purchase.balance_before - purchase.amount;
    }
};

[[nodiscard]] std::string_view name(TerminalRecord::Kind kind);
[[nodiscard]] std::string_view name(TerminalRecord::State state);

/// The subtype byte of one city's upload (clauses.md F): entry 0C, exit 0D, surcharge 11, lock 16, load 0E. That a
/// simple purchase is uploaded as an exit (0D) is inferred.
[[nodiscard]] core::Byte subtype(TerminalRecord::Kind kind);

/// One line of JSON, without its end; byte strings in hexadecimal.
[[nodiscard]] std::string to_line(const TerminalRecord& record);
[[nodiscard]] core::Result<TerminalRecord> parse_record(std::string_view line);

/// The names of what each record has, and those of one in the same order: how records are shown and exported.
[[nodiscard]] std::vector<std::string> record_columns();
[[nodiscard]] std::vector<std::string> record_cells(const TerminalRecord& record);

} // namespace tongka::simulator
