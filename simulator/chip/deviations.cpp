#include "simulator/chip/deviations.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::simulator {
namespace {

using enum Deviation;

constexpr DeviationInfo table[] = {
    {balance_not_debited,
     "balance-not-debited",
     "card",
     {"消费成功但余额不减", "A purchase succeeds and leaves the balance as it was"}},
    {challenge_repeated, "challenge-repeated", "card", {"随机数总是相同", "Every random number is the same"}},
    {debit_beyond_balance,
     "debit-beyond-balance",
     "card",
     {"余额不足仍允许消费", "A purchase beyond the balance is accepted"}},
    {init_survives_other_command,
     "init-survives-other-command",
     "card",
     {"初始化后插入其他命令交易仍有效", "A transaction outlives another command after its INITIALIZE"}},
    {key_index_ignored,
     "key-index-ignored",
     "card",
     {"密钥索引不存在时改用第一个密钥", "An unknown key index falls back to the first key"}},
    {load_mac2_unchecked, "load-mac2-unchecked", "card", {"圈存不校验MAC2", "A load goes through whatever its MAC2"}},
    {log_counter_wrong,
     "log-counter-wrong",
     "card",
     {"交易明细记录另一个计数器", "The log takes the counter of the other kind of transaction"}},
    {log_keeps_nine, "log-keeps-nine", "card", {"交易明细只保留九条", "The log keeps nine records instead of ten"}},
    {offline_counter_stuck,
     "offline-counter-stuck",
     "card",
     {"脱机交易序号不增加", "A purchase does not count the offline counter"}},
    {online_counter_stuck,
     "online-counter-stuck",
     "card",
     {"联机交易序号不增加", "A load does not count the online counter"}},
    {pin_tries_not_counted, "pin-tries-not-counted", "card", {"口令错误不减少重试次数", "A wrong PIN costs no try"}},
    {prove_ignores_counter,
     "prove-ignores-counter",
     "card",
     {"取交易认证不核对交易序号", "GET TRANSACTION PROVE answers for any counter"}},
    {purchase_mac1_unchecked,
     "purchase-mac1-unchecked",
     "card",
     {"消费不校验MAC1", "A purchase goes through whatever its MAC1"}},
    {purchase_mac2_over_balance,
     "purchase-mac2-over-balance",
     "card",
     {"MAC2按余额而不是交易金额计算", "MAC2 is made over the balance instead of the amount"}},
    {tac_without_terminal,
     "tac-without-terminal",
     "card",
     {"TAC未包含终端机编号", "The TAC leaves the terminal number out"}},
    {psam_authentication_skipped,
     "psam-authentication-skipped",
     "psam",
     {"未经80CA认证即可消费初始化", "8070 works without 80CA before it"}},
    {psam_counter_stuck, "psam-counter-stuck", "psam", {"终端交易序号不增加", "The terminal counter never moves"}},
    {psam_level_skipped,
     "psam-level-skipped",
     "psam",
     {"少做一级密钥分散", "One level of diversification is left out"}},
    {psam_mac2_unchecked, "psam-mac2-unchecked", "psam", {"不校验MAC2", "Any MAC2 is accepted"}},
    {psam_version_ignored,
     "psam-version-ignored",
     "psam",
     {"不核对密钥版本", "An unknown key version falls back to the first key"}},
};
static_assert(std::size(table) == static_cast<std::size_t>(count_));

} // namespace

std::span<const DeviationInfo> deviation_table() {
    return table;
}

core::Result<Deviation> deviation_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& info : table) {
        if (info.name == name)
            return info.deviation;
        names.push_back(info.name);
    }
    return core::fail(fmt::format("there is no deviation '{}'{}", name, core::suggest(name, names)));
}

} // namespace tongka::simulator
