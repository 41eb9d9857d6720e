#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace tongka::simulator {

/// One deliberate fault of the reference terminal. Where a check is made or a value set, one visible line asks whether
/// it is left out.
enum class TerminalDeviation : std::uint8_t {
    start_unchecked,
    expiry_unchecked,
    enabled_unchecked,
    city_unchecked,
    interoperability_unchecked,
    type_unchecked,
    blacklist_unchecked,
    blacklisted_not_locked,
    lock_unrecorded,
    limit_unchecked,
    minimum_unchecked,
    code_not_shown,
    mac2_not_shown,
    own_city_for_all,
    pending_after_debit,
    grey_forgotten,
    grey_taken_as_paid,
    recovery_debits_again,
    recovery_counter_before,
    recovery_takes_any_card,
    balance_after_recorded,
    counter_after_recorded,
    amount_recorded_twice,
    key_index_one,
    psam_dates_unchecked,
    service_unchecked,
    passback_unchecked,
    mac2_wrong_taken,
    composite_as_purchase,
    composite_staged_first,
    composite_lock_unchecked,
    entry_debits,
    forgotten_exit_ignored,
    transfer_ignored,
    time_recorded_wrong,
    load_mac1_unchecked,
    load_amount_unchecked,
    load_pending_after_credit,
    load_recovery_credits_again,
    load_unrecorded,
    load_without_answer,
};

struct TerminalDeviationInfo {
    TerminalDeviation deviation;
    std::string_view name;
    core::Text text;
};

[[nodiscard]] std::span<const TerminalDeviationInfo> terminal_deviations();
[[nodiscard]] std::optional<TerminalDeviation> find_terminal_deviation(std::string_view name);

} // namespace tongka::simulator
