#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/text.hpp"

namespace tongka::core::message {

/// The first byte of every reply's body. 00 is public (clauses.md F); all others are ours (inferred).
enum class ResponseCode : std::uint8_t {
    done = 0x00,

    // The message itself: nothing was looked at beyond it.
    malformed = 0x10,
    unknown_message,
    wrong_mac,
    unknown_terminal,
    late,
    old_sequence,
    other_content,
    host_fault,
    sequence_ahead,

    // Loads: why the load host refused.
    wrong_type = 0x20,
    wrong_amount,
    unknown_card,
    card_blocked,
    other_city,
    wrong_algorithm,
    wrong_mac1,
    over_balance_limit,
    other_load,
    load_open,
    counter_used,
    not_enough_money,
    unknown_load,
    load_booked,
    load_cancelled,
    wrong_tac,
    no_such_evidence,

    // Load SAMs.
    unknown_isam = 0x40,
    isam_blocked,
    no_random,
    no_limit,
    not_logged_in,
    other_batch,
    wrong_sums,
    not_closed,
    session_over,
};

struct ResponseCodeInfo {
    ResponseCode code;
    std::string_view name;
    Text text; ///< one line for a person
};

[[nodiscard]] std::span<const ResponseCodeInfo> response_codes();

/// The table's row; null for a byte that is no code.
[[nodiscard]] const ResponseCodeInfo* find_response_code(std::uint8_t code);

} // namespace tongka::core::message
