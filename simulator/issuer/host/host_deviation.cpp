#include "simulator/issuer/host/host_deviation.hpp"

#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::simulator {
namespace {

using enum HostDeviation;

// clang-format off
constexpr HostDeviationInfo table[] = {
    {inquiry_finds_nothing, "inquiry-finds-nothing", {"查询不报告未了结的圈存", "An inquiry never finds an open load"}},
    {late_message_taken, "late-message-taken", {"不检查报文时间", "The time of a message is not looked at"}},
    {limit_granted_again, "limit-granted-again", {"未签退再次签到时重新授权", "A log-in before the log-out grants a limit once more"}},
    {limit_ignored, "limit-ignored", {"授权额度不受约定上限限制", "A log-in grants all that the account holds"}},
    {limit_opened_again, "limit-opened-again", {"充值后再次开放同一额度", "A limit that was loaded from is opened once more"}},
    {log_in_of_any_terminal, "log-in-of-any-terminal", {"额度与签退不限于签到的终端", "Limit and log-out of another terminal's log-in are served"}},
    {log_in_without_random, "log-in-without-random", {"随机数为零也签到", "A log-in without a random number is served"}},
    {log_out_of_any_batch, "log-out-of-any-batch", {"签退不核对批次号", "A log-out may name any batch"}},
    {log_out_sums_unchecked, "log-out-sums-unchecked", {"签退不核对笔数与金额", "The sums of a log-out are not checked"}},
    {log_out_without_closing, "log-out-without-closing", {"额度未关闭即签退退款", "A log-out refunds before the limit in the SAM was closed"}},
    {mac1_unchecked, "mac1-unchecked", {"不校验MAC1", "MAC1 of a load is not checked"}},
    {message_mac_half_compared, "frame-mac-half-compared", {"报文MAC只比较前两字节", "Of a message's MAC two bytes are compared"}},
    {message_mac_unchecked, "frame-mac-unchecked", {"不校验报文MAC", "The MAC of a message is not checked"}},
    {other_content_executed, "other-content-executed", {"同一流水号的不同内容也处理", "A used sequence number with other content is processed"}},
    {refund_without_evidence, "refund-without-evidence", {"任何再次初始化都冲正", "Any new INITIALIZE cancels a load"}},
    {repeat_executed_again, "repeat-executed-again", {"重复报文重新处理", "A repeated message is processed again"}},
    {reply_amount_changed, "reply-amount-changed", {"应答金额与请求不同", "The amount of a reply is not the one asked for"}},
    {reply_mac_missing, "reply-mac-missing", {"应答没有MAC", "Replies have zeros for a MAC"}},
    {reply_not_bound, "reply-not-bound", {"应答MAC不含请求MAC", "The MAC of a reply does not cover its request's"}},
    {sequence_not_kept, "sequence-not-kept", {"不记录流水号", "Sequence numbers are not kept"}},
    {tac_unchecked, "tac-unchecked", {"不校验TAC", "The TAC of a load is not checked"}},
    {unknown_terminal_served, "unknown-terminal-served", {"未登记的终端也服务", "A terminal that is not in the book is served"}},
    {wrong_response_code, "wrong-response-code", {"拒绝一律报主机故障", "Every refusal says that the host has a fault"}},
};
// clang-format on
static_assert(std::size(table) == static_cast<std::size_t>(count_));

} // namespace

std::span<const HostDeviationInfo> host_deviation_table() {
    return table;
}

core::Result<HostDeviation> host_deviation_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& info : table) {
        if (info.name == name)
            return info.deviation;
        names.push_back(info.name);
    }
    return core::fail(fmt::format("there is no deviation of the host '{}'{}", name, core::suggest(name, names)));
}

} // namespace tongka::simulator
