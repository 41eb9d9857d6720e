#include "simulator/terminal/terminal_deviation.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

using enum TerminalDeviation;

constexpr TerminalDeviationInfo table[] = {
    {start_unchecked, "terminal-start-unchecked", {"不检查启用日期", "takes cards before their start date"}},
    {expiry_unchecked, "terminal-expiry-unchecked", {"不检查有效日期", "takes expired cards"}},
    {enabled_unchecked, "terminal-enabled-unchecked", {"不检查启用标志", "takes cards that are not enabled"}},
    {city_unchecked, "terminal-city-unchecked", {"不检查城市白名单", "takes cards of any city"}},
    {interoperability_unchecked,
     "terminal-interoperability-unchecked",
     {"不检查互通标识", "does not look at the interoperability flag"}},
    {type_unchecked, "terminal-type-unchecked", {"不检查卡类型", "takes cards of any type"}},
    {blacklist_unchecked, "terminal-blacklist-unchecked", {"不检查黑名单", "does not look into the blacklist"}},
    {blacklisted_not_locked,
     "terminal-blacklisted-not-locked",
     {"拒绝黑名单卡但不锁卡", "refuses blacklisted cards without locking them"}},
    {lock_unrecorded, "terminal-lock-unrecorded", {"锁卡不留记录", "keeps no record of a lock"}},
    {limit_unchecked, "terminal-limit-unchecked", {"不检查单笔限额", "takes any amount"}},
    {minimum_unchecked, "terminal-minimum-unchecked", {"不检查最低余额", "does not look at the least balance"}},
    {code_not_shown,
     "terminal-code-not-shown",
     {"不向PSAM出示识别码", "does not show the identification code to the PSAM"}},
    {mac2_not_shown, "terminal-mac2-not-shown", {"不验证MAC2", "does not show MAC2 to the PSAM"}},
    {own_city_for_all,
     "terminal-own-city-for-all",
     {"异地卡也用本地城市分散", "derives keys of all cards with its own city"}},
    {pending_after_debit,
     "terminal-pending-after-debit",
     {"扣款之后才存记录", "stores the record only after the debit"}},
    {grey_forgotten, "terminal-grey-forgotten", {"丢弃灰记录", "forgets a transaction whose end it does not know"}},
    {grey_taken_as_paid,
     "terminal-grey-taken-as-paid",
     {"把灰记录当作成功", "takes a transaction whose end it does not know for paid"}},
    {recovery_debits_again,
     "terminal-recovery-debits-again",
     {"恢复时再次扣款", "debits again instead of asking for the proof"}},
    {recovery_counter_before,
     "terminal-recovery-counter-before",
     {"取认证用加1前的序号", "asks for the proof with the counter before"}},
    {recovery_takes_any_card,
     "terminal-recovery-takes-any-card",
     {"恢复时不核对卡号", "recovers with whatever card is there"}},
    {balance_after_recorded,
     "terminal-balance-after-recorded",
     {"记录交易后余额", "records the balance after as that before"}},
    {counter_after_recorded,
     "terminal-counter-after-recorded",
     {"记录交易后序号", "records the counter after the debit"}},
    {amount_recorded_twice, "terminal-amount-recorded-twice", {"记录金额加倍", "records twice the amount"}},
    {key_index_one, "terminal-key-index-one", {"总用密钥索引01", "pays with key index 01 whatever the PSAM says"}},
    {psam_dates_unchecked,
     "terminal-psam-dates-unchecked",
     {"不检查PSAM有效期", "does not look at the dates of the PSAM"}},
    {service_unchecked,
     "terminal-service-unchecked",
     {"不检查卡类型允许的业务", "does not look at what a card type may do"}},
    {passback_unchecked, "terminal-passback-unchecked", {"不防同卡重刷", "takes the same card again at once"}},
    {mac2_wrong_taken,
     "terminal-mac2-wrong-taken",
     {"把MAC2错误的交易当作成功", "takes a purchase whose MAC2 is wrong for good"}},
    {composite_as_purchase,
     "terminal-composite-as-purchase",
     {"复合消费向PSAM送类型06", "tells the PSAM type 06 for a composite purchase"}},
    {composite_staged_first,
     "terminal-composite-staged-first",
     {"先写复合缓存再取MAC1", "stages the composite record before it asks for MAC1"}},
    {composite_lock_unchecked,
     "terminal-composite-lock-unchecked",
     {"不检查复合记录锁定标志", "does not look at the lock of the composite record"}},
    {entry_debits, "terminal-entry-debits", {"进站时扣最高票价", "takes the highest fare at the entry"}},
    {forgotten_exit_ignored,
     "terminal-forgotten-exit-ignored",
     {"不处理上次未出站", "forgets that the last entry was never closed"}},
    {transfer_ignored, "terminal-transfer-ignored", {"不给换乘优惠", "gives no transfer discount"}},
    {time_recorded_wrong,
     "terminal-time-recorded-wrong",
     {"记录的时间与送给卡片的不同", "records another time than the card was told"}},
    {load_mac1_unchecked, "terminal-load-mac1-unchecked", {"充值不验证MAC1", "loads without looking at MAC1"}},
    {load_amount_unchecked, "terminal-load-amount-unchecked", {"不检查充值金额规则", "loads any amount"}},
    {load_pending_after_credit,
     "terminal-load-pending-after-credit",
     {"充值之后才存记录", "stores the record of a load only after the credit"}},
    {load_recovery_credits_again,
     "terminal-load-recovery-credits-again",
     {"恢复时再次充值", "credits again instead of asking for the proof"}},
    {load_unrecorded, "terminal-load-unrecorded", {"充值不留记录", "keeps no record of a load"}},
    {load_without_answer,
     "terminal-load-without-answer",
     {"主机无应答时仍发圈存命令", "tries to credit the card where the host gives no answer"}},
};

} // namespace

std::span<const TerminalDeviationInfo> terminal_deviations() {
    return table;
}

std::optional<TerminalDeviation> find_terminal_deviation(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &TerminalDeviationInfo::name);
    return found == std::end(table) ? std::nullopt : std::optional(found->deviation);
}

} // namespace tongka::simulator
