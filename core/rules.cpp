#include "core/rules.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/nearest.hpp"

namespace tongka::core {
namespace {

using Choices = std::string_view[];

constexpr Choices without_init = {"6901", "6985"};
constexpr Choices order = {"outer-last", "outer-first"};
constexpr Choices when_insufficient = {"init", "debit"};
constexpr Choices interposed = {"aborts", "keeps"};
constexpr Choices no_yes = {"no", "yes"};
constexpr Choices yes_no = {"yes", "no"};
constexpr Choices before_after = {"before", "after"};
constexpr Choices prove = {"after", "before", "either"};
constexpr Choices unauthenticated = {"6985", "6901", "6300"};
constexpr Choices pending = {"dropped", "kept"};

constexpr RuleInfo table[] = {
    {Rule::completion_without_init,
     "completion-without-init",
     without_init,
     {"没有初始化就执行完成命令时的状态字", "Status word of a completion command without its INITIALIZE"},
     "standards.md 9 row 8",
     "single-source"},
    {Rule::factor_order,
     "factor-order",
     order,
     {"8070数据中分散因子的次序:最后一个(城市)先用,或第一个先用",
      "Which factor of 8070 diversifies first: the last one sent (city), or the first"},
     "standards.md 9 row 13",
     "inferred"},
    {Rule::insufficient_balance,
     "insufficient-balance",
     when_insufficient,
     {"余额不足在初始化时还是扣款时报告", "Whether 9401 comes at INITIALIZE or at DEBIT"},
     "standards.md 9 row 6",
     "single-source"},
    {Rule::interposed_command,
     "interposed-command",
     interposed,
     {"初始化与完成之间的其他命令是否使交易作废",
      "Whether another command between INITIALIZE and its completion ends the transaction"},
     "standards.md 4.2, state rule",
     "inferred"},
    {Rule::load_needs_pin,
     "load-needs-pin",
     no_yes,
     {"电子钱包圈存前是否需要验证口令", "Whether an EP load needs VERIFY first"},
     "standards.md 9 rows 5 and 28",
     "single-source"},
    {Rule::load_tac_counter,
     "load-tac-counter",
     before_after,
     {"圈存TAC所用的联机交易序号:加1之前或之后", "Online counter in the load TAC: before or after its +1"},
     "standards.md 9 row 1; clauses.md J.10",
     "verified"},
    {Rule::log_counter,
     "log-counter",
     before_after,
     {"交易明细所记的交易序号:加1之前或之后", "Counter in the log record: before or after its +1"},
     "standards.md 9 row 1",
     "single-source"},
    {Rule::prove_counter,
     "prove-counter",
     prove,
     {"取交易认证时给出的交易序号:加1之后、之前或两者皆可",
      "Counter that GET TRANSACTION PROVE takes: after the +1, before it, or either"},
     "standards.md 9 row 9",
     "verified"},
    {Rule::psam_purchase_before_authentication,
     "psam-purchase-before-authentication",
     unauthenticated,
     {"PSAM未收到80CA就收到8070时的状态字", "Status word of a PSAM for 8070 before 80CA"},
     "standards.md 9 row 26",
     "inferred"},
    {Rule::purchase_init_overdraft,
     "purchase-init-overdraft",
     yes_no,
     {"消费初始化的应答是否含透支限额(15或12字节)",
      "Whether INITIALIZE FOR PURCHASE answers the overdraft limit (15 or 12 bytes)"},
     "standards.md 9 row 11; clauses.md J.9",
     "verified"},
    {Rule::wrong_mac1,
     "wrong-mac1",
     pending,
     {"MAC1错误后交易是否作废", "Whether a wrong MAC1 ends the transaction"},
     "standards.md 9 row 25",
     "inferred"},
};
static_assert(std::size(table) == static_cast<std::size_t>(Rule::count_));

const RuleInfo* find(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &RuleInfo::name);
    return found == std::end(table) ? nullptr : found;
}

Error unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& info : table)
        names.push_back(info.name);
    return {fmt::format("there is no rule '{}'{}", name, suggest(name, names))};
}

} // namespace

std::span<const RuleInfo> rule_table() {
    return table;
}

Result<void> Rules::set(std::string_view name, std::string_view choice) {
    const auto* info = find(name);
    if (!info)
        return fail(unknown(name));
    const auto found = std::ranges::find(info->choices, choice);
    if (found == info->choices.end())
        return fail(fmt::format("rule '{}' is one of {}, not '{}'", name, fmt::join(info->choices, ", "), choice));
    chosen_[static_cast<std::size_t>(info->rule)] = static_cast<std::uint8_t>(found - info->choices.begin());
    return {};
}

Result<std::string_view> Rules::value(std::string_view name) const {
    const auto* info = find(name);
    if (!info)
        return fail(unknown(name));
    return value(info->rule);
}

} // namespace tongka::core
