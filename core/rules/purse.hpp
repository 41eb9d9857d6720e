#pragma once

#include <string_view>

#include "core/rules.hpp"

namespace tongka::core {
namespace choices {

inline constexpr std::string_view balance_limit[] = {"FFFFFF", "FFFFFFFF"};
inline constexpr std::string_view completion_without_init[] = {"6901", "6985"};
inline constexpr std::string_view cross_city_log[] = {"never", "terminal-city"};
inline constexpr std::string_view enable_flag[] = {"opaque", "checked"};
inline constexpr std::string_view grey_lock_counter[] = {"unlock", "lock"};
inline constexpr std::string_view insufficient_balance[] = {"init", "debit"};
inline constexpr std::string_view interposed_command[] = {"aborts", "keeps"};
inline constexpr std::string_view load_log[] = {"card", "terminal"};
inline constexpr std::string_view load_needs_pin[] = {"no", "yes"};
inline constexpr std::string_view load_tac_counter[] = {"before", "after"};
inline constexpr std::string_view locked_purchase[] = {"6985", "9406"};
inline constexpr std::string_view log_counter[] = {"before", "after"};
inline constexpr std::string_view overdraft_balance[] = {"included", "separate"};
inline constexpr std::string_view prove_counter[] = {"after", "before", "either"};
inline constexpr std::string_view prove_load_mac[] = {"mac2", "zero"};
inline constexpr std::string_view purchase_debit_p1[] = {"01", "02"};
inline constexpr std::string_view purchase_init_overdraft[] = {"yes", "no"};
inline constexpr std::string_view purchase_log[] = {"yes", "no"};
inline constexpr std::string_view tac_unread[] = {"keeps", "blocks"};
inline constexpr std::string_view unlock_type[] = {"93", "by-purse"};
inline constexpr std::string_view wrong_mac1[] = {"dropped", "kept"};

} // namespace choices

/// Rules of the transactions of a purse.
inline constexpr RuleInfo purse_rules[] = {
    {Rule::balance_limit,
     "balance-limit",
     choices::balance_limit,
     {"余额的上限", "The most a purse can hold"},
     "standards.md 9 row 24",
     "inferred"},
    {Rule::completion_without_init,
     "completion-without-init",
     choices::completion_without_init,
     {"没有初始化就执行完成命令时的状态字", "Status word of a completion command without its INITIALIZE"},
     "standards.md 9 row 8",
     "single-source"},
    {Rule::cross_city_log,
     "cross-city-log",
     choices::cross_city_log,
     {"异地消费记入0010文件:从不,或终端机编号的前两字节与卡的城市代码不同时",
      "When a purchase goes to file 0010 instead of 0018: never, or at a terminal whose number begins with another "
      "city code"},
     "standards.md 3.3 and 7.2",
     "inferred"},
    {Rule::enable_flag,
     "enable-flag",
     choices::enable_flag,
     {"0015文件第8字节:不解释,或00表示未启用而拒绝交易",
      "Byte 8 of file 0015: not interpreted, or 00 refuses transactions"},
     "standards.md 9 row 14; clauses.md E",
     "inferred"},
    {Rule::grey_lock_counter,
     "grey-lock-counter",
     choices::grey_lock_counter,
     {"灰锁交易的脱机交易序号在解扣时还是灰锁时加1",
      "Whether the offline counter of a grey lock counts at DEBIT FOR UNLOCK or at GREY LOCK"},
     "CJ/T 304-2017 8.4.8.12 and 8.4.8.14 (standards.md 1.1) do not tell",
     "inferred"},
    {Rule::insufficient_balance,
     "insufficient-balance",
     choices::insufficient_balance,
     {"余额不足在初始化时还是扣款时报告", "Whether 9401 comes at INITIALIZE or at DEBIT"},
     "standards.md 9 row 6",
     "single-source"},
    {Rule::interposed_command,
     "interposed-command",
     choices::interposed_command,
     {"初始化与完成之间的其他命令是否使交易作废",
      "Whether another command between INITIALIZE and its completion ends the transaction"},
     "standards.md 4.2, state rule",
     "inferred"},
    {Rule::load_log,
     "load-log",
     choices::load_log,
     {"充值明细001A由卡片还是由终端写入", "Who writes a load to file 001A: the card, or the terminal by APPEND RECORD"},
     "standards.md 9 row 16; clauses.md E",
     "single-source"},
    {Rule::load_needs_pin,
     "load-needs-pin",
     choices::load_needs_pin,
     {"电子钱包圈存前是否需要验证口令", "Whether an EP load needs VERIFY first"},
     "standards.md 9 rows 5 and 28",
     "single-source"},
    {Rule::load_tac_counter,
     "load-tac-counter",
     choices::load_tac_counter,
     {"圈存TAC所用的联机交易序号:加1之前或之后", "Online counter in the load TAC: before or after its +1"},
     "standards.md 9 row 1; clauses.md J.10",
     "verified"},
    {Rule::locked_purchase,
     "locked-purchase",
     choices::locked_purchase,
     {"钱包处于灰锁状态时消费初始化的状态字", "Status word of a purchase while the purse is grey-locked"},
     "standards.md 9 row 27",
     "inferred"},
    {Rule::log_counter,
     "log-counter",
     choices::log_counter,
     {"交易明细所记的交易序号:加1之前或之后", "Counter in the log record: before or after its +1"},
     "standards.md 9 row 1",
     "single-source"},
    {Rule::overdraft_balance,
     "overdraft-balance",
     choices::overdraft_balance,
     {"余额是否包含透支限额", "Whether the balance includes the overdraft limit"},
     "standards.md 9 row 21",
     "inferred"},
    {Rule::prove_counter,
     "prove-counter",
     choices::prove_counter,
     {"取交易认证时给出的交易序号:加1之后、之前或两者皆可",
      "Counter that GET TRANSACTION PROVE takes: after the +1, before it, or either"},
     "standards.md 9 row 9",
     "verified"},
    {Rule::prove_load_mac,
     "prove-load-mac",
     choices::prove_load_mac,
     {"取圈存的交易认证时应答中的MAC",
      "MAC in the answer of GET TRANSACTION PROVE for a load: MAC2 of the load, or zeros"},
     "standards.md 9 row 9",
     "inferred"},
    {Rule::purchase_debit_p1,
     "purchase-debit-p1",
     choices::purchase_debit_p1,
     {"普通消费的8054命令的P1(复合消费总是01)",
      "P1 of 8054 for a simple purchase (for a composite one it is always 01)"},
     "standards.md 9 row 12",
     "verified"},
    {Rule::purchase_init_overdraft,
     "purchase-init-overdraft",
     choices::purchase_init_overdraft,
     {"消费初始化的应答是否含透支限额(15或12字节)",
      "Whether INITIALIZE FOR PURCHASE answers the overdraft limit (15 or 12 bytes)"},
     "standards.md 9 row 11; clauses.md J.9",
     "verified"},
    {Rule::purchase_log,
     "purchase-log",
     choices::purchase_log,
     {"电子钱包消费是否记入交易明细", "Whether an EP purchase is logged"},
     "standards.md 9 row 17",
     "verified"},
    {Rule::tac_unread,
     "tac-unread",
     choices::tac_unread,
     {"TACUF已置位时下一次灰锁是否被拒绝", "Whether a TAC not yet read (TACUF) refuses the next grey lock"},
     "standards.md 1.1 and 4.2",
     "inferred"},
    {Rule::unlock_type,
     "unlock-type",
     choices::unlock_type,
     {"解扣的交易类型标识:93,或电子存折93、电子钱包94",
      "Transaction type of a debit for unlock: 93, or 93 for an ED and 94 for an EP"},
     "standards.md 9 row 22",
     "single-source"},
    {Rule::wrong_mac1,
     "wrong-mac1",
     choices::wrong_mac1,
     {"MAC1错误后交易是否作废", "Whether a wrong MAC1 ends the transaction"},
     "standards.md 9 row 25",
     "inferred"},
};

} // namespace tongka::core
