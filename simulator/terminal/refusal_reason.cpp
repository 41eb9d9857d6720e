#include "simulator/terminal/refusal_reason.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

constexpr RefusalInfo table[] = {
    {RefusalReason::card_unreadable,
     "card-unreadable",
     {"无法识别的卡", "the card cannot be read, or is no city card"}},
    {RefusalReason::application_locked, "application-locked", {"应用已锁定", "the application is locked"}},
    {RefusalReason::grey_record, "grey-record", {"上笔交易未确认", "its last transaction here is not settled yet"}},
    {RefusalReason::not_enabled, "not-enabled", {"卡片未启用", "the card is not enabled"}},
    {RefusalReason::not_started, "not-started", {"未到启用日期", "before its start date"}},
    {RefusalReason::expired, "expired", {"已过有效期", "behind its expiry date"}},
    {RefusalReason::city_not_accepted, "city-not-accepted", {"城市不在白名单", "its city is not on the white list"}},
    {RefusalReason::no_interoperability,
     "no-interoperability",
     {"卡片不可互通", "its interoperability flag does not allow it"}},
    {RefusalReason::type_not_accepted, "type-not-accepted", {"不接受的卡类型", "a card type that is not accepted"}},
    {RefusalReason::blacklisted, "blacklisted", {"黑名单卡", "the card is on the blacklist"}},
    {RefusalReason::amount_over_limit, "amount-over-limit", {"金额超过限额", "more than the terminal takes at once"}},
    {RefusalReason::balance_below_minimum,
     "balance-below-minimum",
     {"余额低于最低要求", "less money than the terminal asks for"}},
    {RefusalReason::insufficient_balance, "insufficient-balance", {"余额不足", "not enough money"}},
    {RefusalReason::psam_refused, "psam-refused", {"PSAM拒绝", "the PSAM refuses"}},
    {RefusalReason::card_refused, "card-refused", {"卡片拒绝", "the card refuses"}},
    {RefusalReason::card_left, "card-left", {"卡片在扣款前离开", "the card left before the debit"}},
    {RefusalReason::record_not_stored, "record-not-stored", {"交易记录无法保存", "the record cannot be stored"}},
};

} // namespace

std::span<const RefusalInfo> refusal_reasons() {
    return table;
}

const RefusalInfo& info(RefusalReason reason) {
    return *std::ranges::find(table, reason, &RefusalInfo::reason);
}

} // namespace tongka::simulator
