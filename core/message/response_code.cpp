#include "core/message/response_code.hpp"

#include <algorithm>

namespace tongka::core::message {
namespace {

using enum ResponseCode;

// clang-format off
constexpr ResponseCodeInfo table[] = {
    {done, "done", {"成功", "done"}},
    {malformed, "malformed", {"报文格式错误", "the message is malformed"}},
    {unknown_message, "unknown-message", {"没有这种报文", "there is no such message"}},
    {wrong_mac, "wrong-mac", {"报文MAC错误", "the MAC of the message is wrong"}},
    {unknown_terminal, "unknown-terminal", {"没有这台终端", "there is no such terminal"}},
    {late, "late", {"报文时间超出允许范围", "the time of the message is outside the window"}},
    {old_sequence, "old-sequence", {"流水号已用过", "the sequence number was used before"}},
    {other_content, "other-content", {"同一流水号的报文内容不同", "the sequence number came before with other content"}},
    {host_fault, "host-fault", {"主机故障", "the host has a fault"}},
    {sequence_ahead, "sequence-ahead", {"流水号跳跃过大", "the sequence number is too far ahead of the last"}},
    {wrong_type, "wrong-type", {"交易类型不是圈存(01或02)", "the transaction type is not that of a load (01 or 02)"}},
    {wrong_amount, "wrong-amount", {"圈存金额为零", "the amount of the load is zero"}},
    {unknown_card, "unknown-card", {"没有这张卡", "there is no such card"}},
    {card_blocked, "card-blocked", {"卡已被停用", "the card is blocked"}},
    {other_city, "other-city", {"卡属于另一城市", "the card belongs to another city"}},
    {wrong_algorithm, "wrong-algorithm", {"算法标识与密钥不符", "the algorithm identifier does not fit the key"}},
    {wrong_mac1, "wrong-mac1", {"MAC1错误", "MAC1 is wrong"}},
    {over_balance_limit, "over-balance-limit", {"圈存后余额超过上限", "the balance would go over its limit"}},
    {other_load, "other-load", {"同一交易已以其他内容请求过", "the same transaction was asked for before with other content"}},
    {load_open, "load-open", {"该钱包有一笔圈存未了结", "an earlier load of this purse is open and must be resolved first"}},
    {counter_used, "counter-used", {"联机交易序号已用过", "a load with this online counter or a later one is booked already"}},
    {not_enough_money, "not-enough-money", {"账户余额不足", "the account does not hold the amount"}},
    {unknown_load, "unknown-load", {"没有这笔圈存", "there is no such load"}},
    {load_booked, "load-booked", {"该圈存已入账", "the load is booked already"}},
    {load_cancelled, "load-cancelled", {"该圈存已撤销", "the load was cancelled"}},
    {wrong_tac, "wrong-tac", {"TAC错误", "the TAC is wrong"}},
    {no_such_evidence, "no-such-evidence", {"没有这种证据", "there is no such kind of evidence"}},
    {unknown_isam, "unknown-isam", {"没有这张圈存SAM", "there is no such load SAM"}},
    {isam_blocked, "isam-blocked", {"圈存SAM已被停用", "the load SAM is blocked"}},
    {no_random, "no-random", {"没有圈存SAM的随机数", "the random number of the load SAM is missing"}},
    {no_limit, "no-limit", {"没有可授权的额度", "there is no amount to grant"}},
    {not_logged_in, "not-logged-in", {"未签到", "the load SAM is not logged in"}},
    {other_batch, "other-batch", {"批次号不符", "the batch number is another"}},
    {wrong_sums, "wrong-sums", {"笔数或金额不符", "count and amounts do not fit what was granted"}},
    {not_closed, "not-closed", {"额度尚未关闭", "the limit in the load SAM was not closed before the log-out"}},
    {session_over, "session-over", {"签到已过期或已关闭，须先签退", "the log-in of before is over: log out first"}},
};
// clang-format on

} // namespace

std::span<const ResponseCodeInfo> response_codes() {
    return table;
}

const ResponseCodeInfo* find_response_code(std::uint8_t code) {
    const auto* found = std::ranges::find(table, static_cast<ResponseCode>(code), &ResponseCodeInfo::code);
    return found == std::end(table) ? nullptr : found;
}

} // namespace tongka::core::message
