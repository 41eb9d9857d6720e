#pragma once

#include <cstdint>
#include <string_view>

#include "core/apdu.hpp"

/// Which transaction is under way, and what each command does to it (standards.md 4.2 "state rule", 13): as data, which
/// docs/states.md shows.
namespace tongka::simulator {

/// Idle, one state per INITIALIZE, and a purse under grey lock, which outlives power.
enum class State : std::uint8_t {
    idle,
    load,
    unload,
    purchase,
    cash_withdrawal,
    composite,
    overdraft_limit,
    grey_lock,
    locked,
    online_unlock,
    count_,
};

/// What a command is to the state.
enum class Action : std::uint8_t {
    initialize_for_load,
    initialize_for_unload,
    initialize_for_purchase,
    initialize_for_cash_withdrawal,
    initialize_for_composite,
    initialize_for_update,
    initialize_for_grey_lock,
    initialize_for_grey_unlock,
    credit_for_load,
    debit_for_unload,
    debit_for_purchase, ///< also of a cash withdrawal and of a composite purchase
    update_composite_cache,
    update_overdraw_limit,
    grey_lock,
    debit_for_unlock,
    grey_unlock,
    other,
    count_,
};

enum class Effect : std::uint8_t {
    acts,    ///< the command does its work, the state is what it needs
    drops,   ///< the transaction under way ends (by the rule interposed-command), and the command does its work
    refuses, ///< the state is not the one that the command completes; the transaction under way ends likewise
};

[[nodiscard]] Effect effect(State state, Action action);

/// What the command is; `other` for all that are no part of a transaction.
[[nodiscard]] Action action_of(const core::Command& command);

/// The words that docs/states.md uses.
[[nodiscard]] std::string_view name(State state);
[[nodiscard]] std::string_view name(Action action);
[[nodiscard]] std::string_view name(Effect effect);

} // namespace tongka::simulator
