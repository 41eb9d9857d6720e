#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/bytes.hpp"
#include "core/crypto/mac.hpp"
#include "core/text.hpp"

/// What the load host and its book of accounts speak of.
namespace tongka::simulator {

/// Application serial number, right-most 8 bytes.
using Asn = std::array<core::Byte, 8>;

/// What a load is found by. ED and EP have an online counter each, so the TTI (01 or 02) belongs to it.
struct LoadName {
    Asn asn{};
    core::Byte type = 0;       ///< TTI: 01 ED, 02 EP
    std::uint16_t counter = 0; ///< online counter that INITIALIZE FOR LOAD answered
};

enum class LoadState : std::uint8_t {
    authorised, ///< MAC2 was given; the amount is on hold
    booked,     ///< the card's TAC was right; the amount is spent
    cancelled,  ///< the card has shown that it never took the load; the amount is back in the account
    disputed,   ///< a wrong TAC came; the amount stays on hold until the card shows what happened
};

struct Load {
    LoadName name;
    std::array<core::Byte, 4> random{};
    core::Byte key_index = 0;
    core::Byte key_version = 0;
    core::Byte algorithm = 0;
    std::uint32_t amount = 0; ///< in fen
    std::array<core::Byte, 6> terminal{};
    std::array<core::Byte, 7> date_time{}; ///< date 4, time 3: what MAC2 and TAC are made over
    std::uint32_t old_balance = 0;
    std::array<core::Byte, 6> challenge{}; ///< terminal number of the INITIALIZE that proves that it was not done
    LoadState state = LoadState::authorised;
    std::optional<std::uint32_t> new_balance = {}; ///< of a load that is booked
    std::optional<core::Mac> tac = {};             ///< of a load that is booked

    [[nodiscard]] bool open() const { return state == LoadState::authorised || state == LoadState::disputed; }
};

/// Why the load host does not do what it was asked. Nothing is held or booked then.
enum class Refusal : std::uint8_t {
    wrong_type,
    wrong_amount,
    unknown_card,
    card_blocked,
    other_city,
    wrong_algorithm,
    wrong_mac1,
    over_balance_limit,
    other_content,
    load_open,
    counter_used,
    not_enough_money,
    unknown_load,
    load_booked,
    load_cancelled,
    wrong_tac,
};

/// One line for a person.
[[nodiscard]] core::Text describe(Refusal refusal);

/// What was asked for, or why not.
template <typename T>
using Decision = std::variant<T, Refusal>;

} // namespace tongka::simulator
