#include "simulator/terminal/refusal_reason.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

constexpr RefusalInfo table[] = {
    {RefusalReason::clock_wrong,
     "clock-wrong",
     {"终端时钟不是有效的日期时间", "the terminal's clock shows no date and time"}},
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
    {RefusalReason::blacklisted, "blacklisted", {"黑名单卡", "the card is on the blacklist"}},
    {RefusalReason::type_not_accepted, "type-not-accepted", {"不接受的卡类型", "a card type that is not accepted"}},
    {RefusalReason::service_not_allowed,
     "service-not-allowed",
     {"该卡类型不可办理此业务", "its type is not allowed this"}},
    {RefusalReason::same_card_again, "same-card-again", {"同一张卡重复刷卡", "the same card again, too soon"}},
    {RefusalReason::no_composite_record,
     "no-composite-record",
     {"卡片没有复合消费记录", "the card has no composite record"}},
    {RefusalReason::composite_locked, "composite-locked", {"复合消费记录已锁定", "its composite record is locked"}},
    {RefusalReason::unknown_station,
     "unknown-station",
     {"票价表中没有此站点", "a station that the fare table does not have"}},
    {RefusalReason::entry_missing, "entry-missing", {"没有进站记录", "it has no entry"}},
    {RefusalReason::exit_missing, "exit-missing", {"上次进站没有出站", "its last entry was never closed"}},
    {RefusalReason::amount_over_limit, "amount-over-limit", {"金额超过限额", "more than the terminal takes at once"}},
    {RefusalReason::load_amount_not_allowed,
     "load-amount-not-allowed",
     {"充值金额不符合规定", "an amount that may not be loaded"}},
    {RefusalReason::balance_below_minimum,
     "balance-below-minimum",
     {"余额低于最低要求", "less money than the terminal asks for"}},
    {RefusalReason::balance_over_maximum,
     "balance-over-maximum",
     {"充值后余额超过上限", "more money than the card may hold"}},
    {RefusalReason::insufficient_balance, "insufficient-balance", {"余额不足", "not enough money"}},
    {RefusalReason::psam_not_valid, "psam-not-valid", {"PSAM不在有效期内", "outside the dates of the PSAM"}},
    {RefusalReason::key_missing, "key-missing", {"没有所需的密钥", "the key for this card is not there"}},
    {RefusalReason::psam_refused, "psam-refused", {"PSAM拒绝", "the PSAM refuses"}},
    {RefusalReason::isam_refused, "isam-refused", {"充值SAM拒绝", "the load SAM refuses, or is not logged in"}},
    {RefusalReason::load_limit_used_up,
     "load-limit-used-up",
     {"充值授权额度或时间已用完", "amount or time of the load SAM's log-in is used up"}},
    {RefusalReason::pin_wrong, "pin-wrong", {"口令错误或未验证", "the PIN is wrong, or was not given"}},
    {RefusalReason::mac1_wrong, "mac1-wrong", {"MAC1错误", "MAC1 is wrong"}},
    {RefusalReason::mac2_wrong, "mac2-wrong", {"MAC2错误", "MAC2 is wrong"}},
    {RefusalReason::unconfirmed,
     "unconfirmed",
     {"PSAM未能验证MAC2", "the card has paid, but the PSAM could not be asked about MAC2"}},
    {RefusalReason::host_refused, "host-refused", {"发卡方主机拒绝", "the issuer's host refuses"}},
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
