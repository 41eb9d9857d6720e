#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

using Kind = ActionSlot::Kind;

constexpr std::string_view outcomes[] = {"accepted", "refused", "unknown"};

/// Why a terminal refuses (standards.md 7.1, 7.2, 7.4). The terminal says its own words; these are ours.
constexpr std::string_view reasons[] = {
    "card-expired",    "card-not-yet-valid", "not-interoperable",   "city-unknown", "blacklisted",  "locked",
    "balance-too-low", "over-limit",         "no-answer",           "card-refused", "psam-refused", "mac-wrong",
    "nothing-pending", "other-card",         "no-such-application", "other"};

constexpr ActionSlot outcome{
    .name = "outcome",
    .kind = Kind::word,
    .required = true,
    .title = {"终端的结论；unknown：是否扣款不明", "What the terminal says; unknown: whether it paid is open"},
    .words = outcomes};
constexpr ActionSlot reason{
    .name = "reason", .kind = Kind::word, .title = {"为何不接受", "Why it was not accepted"}, .words = reasons};
constexpr ActionSlot debits{
    .name = "debits", .required = true, .title = {"卡应答了几次扣款", "How many debits the card answered"}, .width = 1};

// What the terminal keeps of a transaction (standards.md 7.8; clauses.md J.4).
constexpr ActionSlot record_kind{.name = "record-kind", .title = {"记录类型", "Kind of the record"}, .width = 1};
constexpr ActionSlot asn{.name = "asn", .title = {"应用序列号", "Application serial number"}, .width = 8};
constexpr ActionSlot type{.name = "type", .title = {"交易类型标识", "Transaction type (TTI)"}, .width = 1};
constexpr ActionSlot counter{.name = "counter", .title = {"卡的交易序号", "Counter of the card"}, .width = 2};
constexpr ActionSlot balance_before{
    .name = "balance-before", .kind = Kind::number, .title = {"交易前余额", "Balance before"}};
constexpr ActionSlot paid{.name = "amount", .kind = Kind::number, .title = {"交易金额", "Amount"}};
constexpr ActionSlot serial{
    .name = "terminal-serial", .title = {"终端交易序号", "Terminal's serial of the transaction"}, .width = 4};
constexpr ActionSlot tac{.name = "tac", .title = {"TAC", "TAC"}, .width = 4};

constexpr ActionSlot of_transactions[] = {outcome, reason,         debits, record_kind, asn, type,
                                          counter, balance_before, paid,   serial,      tac};
constexpr ActionSlot of_parameters[] = {outcome};

constexpr ActionSlot date{
    .name = "date", .required = true, .title = {"终端日期 YYYYMMDD", "The terminal's date, YYYYMMDD"}, .width = 4};
constexpr ActionSlot time{
    .name = "time", .required = true, .title = {"终端时间 HHMMSS", "The terminal's time, HHMMSS"}, .width = 3};
constexpr ActionSlot amount{
    .name = "amount", .kind = Kind::number, .required = true, .title = {"金额（分）", "Amount, in fen"}};
constexpr ActionSlot station{.name = "station", .required = true, .title = {"站点", "Station"}, .width = 2};

constexpr ActionSlot to_set[] = {
    {.name = "city", .title = {"终端所在城市", "The terminal's city"}, .width = 2},
    {.name = "white-list", .title = {"接受的城市，各2字节", "Cities that are taken, 2 bytes each"}},
    {.name = "blacklist", .title = {"黑名单卡号，各8字节", "Cards that are refused, 8 bytes each"}},
    {.name = "interop-values", .title = {"接受的互通标识，各1字节", "Interop flags that are taken, 1 byte each"}},
    {.name = "minimum-balance", .kind = Kind::number, .title = {"最低余额（分）", "Least balance, in fen"}},
};
constexpr ActionSlot to_pay[] = {amount, date, time};
constexpr ActionSlot to_tap[] = {station, date, time};
constexpr ActionSlot to_load[] = {amount, date, time};
constexpr ActionSlot to_recover[] = {
    {.name = "date", .title = {"终端日期 YYYYMMDD", "The terminal's date, YYYYMMDD"}, .width = 4},
    {.name = "time", .title = {"终端时间 HHMMSS", "The terminal's time, HHMMSS"}, .width = 3}};

constexpr ActionInfo actions[] = {
    {"parameters", {"设置参数表", "Takes parameters; what is not given stays"}, to_set, of_parameters},
    {"purchase", {"消费", "A purchase from the EP"}, to_pay, of_transactions},
    {"tap-in", {"进站", "A composite purchase: the way in"}, to_tap, of_transactions},
    {"tap-out", {"出站", "A composite purchase: the way out"}, to_tap, of_transactions},
    {"load", {"圈存", "A load"}, to_load, of_transactions},
    {"recover",
     {"断卡恢复", "The same card is back: what became of the transaction that was cut off"},
     to_recover,
     of_transactions},
};

} // namespace

std::span<const ActionInfo> terminal_actions() {
    return actions;
}

} // namespace tongka::harness
