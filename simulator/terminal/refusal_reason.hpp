#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace tongka::simulator {

/// Why a terminal does not take a card, in the order in which it looks.
enum class RefusalReason : std::uint8_t {
    card_unreadable,
    application_locked,
    grey_record,
    not_enabled,
    not_started,
    expired,
    city_not_accepted,
    no_interoperability,
    type_not_accepted,
    blacklisted,
    amount_over_limit,
    balance_below_minimum,
    insufficient_balance,
    psam_refused,
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
