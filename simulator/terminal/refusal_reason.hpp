#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace tongka::simulator {

/// Why a terminal does not take a card, in the order in which it looks.
enum class RefusalReason : std::uint8_t {
    clock_wrong,
    card_unreadable,
    application_locked,
    grey_record,
    not_enabled,
    not_started,
    expired,
    city_not_accepted,
    no_interoperability,
    blacklisted,
    type_not_accepted,
    service_not_allowed,
    same_card_again,
    no_composite_record,
    composite_locked,
    unknown_station,
    entry_missing,
    exit_missing,
    amount_over_limit,
    load_amount_not_allowed,
    balance_below_minimum,
    balance_over_maximum,
    insufficient_balance,
    psam_not_valid,
    key_missing,
    psam_refused,
    isam_refused,
    load_limit_used_up,
    pin_wrong,
    mac1_wrong,
    mac2_wrong,
    unconfirmed,
    host_refused,
    card_refused,
    card_left,
    record_not_stored,
};

struct RefusalInfo {
    RefusalReason reason;
    std::string_view name;
    core::Text text;
};

[[nodiscard]] std::span<const RefusalInfo> refusal_reasons();
[[nodiscard]] const RefusalInfo& info(RefusalReason reason);

} // namespace tongka::simulator
