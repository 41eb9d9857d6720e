#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

using Kind = ActionSlot::Kind;

constexpr std::string_view outcomes[] = {"accepted", "refused", "unknown"};

/// Why a terminal refuses, in the order in which the reference terminal looks (docs/terminal.md). Others say their own
/// words; these are ours.
constexpr std::string_view reasons[] = {"clock-wrong",
                                        "card-unreadable",
                                        "application-locked",
                                        "grey-record",
                                        "not-enabled",
                                        "not-started",
                                        "expired",
                                        "city-not-accepted",
                                        "no-interoperability",
                                        "blacklisted",
                                        "type-not-accepted",
                                        "service-not-allowed",
                                        "same-card-again",
                                        "no-composite-record",
                                        "composite-locked",
                                        "unknown-station",
                                        "entry-missing",
                                        "exit-missing",
                                        "amount-over-limit",
                                        "load-amount-not-allowed",
                                        "balance-below-minimum",
                                        "balance-over-maximum",
                                        "insufficient-balance",
                                        "psam-not-valid",
                                        "key-missing",
                                        "psam-refused",
                                        "isam-refused",
                                        "load-limit-used-up",
                                        "pin-wrong",
                                        "mac1-wrong",
                                        "mac2-wrong",
                                        "unconfirmed",
                                        "host-refused",
                                        "card-refused",
                                        "card-left",
                                        "record-not-stored"};

constexpr std::string_view yes_or_no[] = {"yes", "no"};
constexpr std::string_view fares[] = {"segment", "time"};
constexpr std::string_view forgotten[] = {"highest", "refuse"};
constexpr std::string_view kinds[] = {"purchase", "entry", "exit", "surcharge", "lock", "load"};
constexpr std::string_view states[] = {"pending", "paid", "not-paid", "mac2-wrong", "grey", "locked"};

constexpr ActionSlot outcome{
    .name = "outcome",
    .kind = Kind::word,
    .required = true,
    .title = {"终端的结论；unknown：是否扣款不明", "What the terminal says; unknown: whether it paid is open"},
    .words = outcomes};
constexpr ActionSlot reason{
    .name = "reason", .kind = Kind::word, .title = {"为何不接受", "Why it was not accepted"}, .words = reasons};
constexpr ActionSlot recovered{
    .name = "recovered",
    .kind = Kind::word,
    .title = {"是否先结清了该卡的上一笔", "Whether an earlier one of the card was settled first"},
    .words = yes_or_no};

// What went over the lines, counted there and not asked of the terminal.
constexpr ActionSlot debits{
    .name = "debits",
    .kind = Kind::number,
    .required = true,
    .title = {"发给卡片的扣款或圈存命令数", "Commands to the card that take money, or bring it (8054, 8052)"}};
constexpr ActionSlot begun{.name = "begun",
                           .kind = Kind::number,
                           .title = {"发给卡片的初始化命令数", "INITIALIZE commands to the card (8050)"}};
constexpr ActionSlot staged{.name = "staged",
                            .kind = Kind::number,
                            .title = {"暂存复合记录的次数", "Composite records staged in the card (80DC)"}};
constexpr ActionSlot macs{
    .name = "macs", .kind = Kind::number, .title = {"PSAM计算MAC1的次数", "MAC1s asked of the PSAM (8070)"}};
constexpr ActionSlot codes{.name = "codes",
                           .kind = Kind::number,
                           .title = {"向PSAM出示识别码的次数", "Codes shown to the PSAM (80CA with data)"}};
constexpr ActionSlot shown{
    .name = "shown", .kind = Kind::number, .title = {"向PSAM出示MAC2的次数", "MAC2s shown to the PSAM (8072)"}};
constexpr ActionSlot proofs{
    .name = "proofs", .kind = Kind::number, .title = {"取认证的次数", "Proofs asked of the card (805A)"}};
constexpr ActionSlot pins{
    .name = "pins", .kind = Kind::number, .title = {"要求卡片验证口令的次数", "PINs shown to the card (0020)"}};

constexpr ActionSlot recorded_first{
    .name = "recorded-first",
    .kind = Kind::word,
    .title = {"扣款或圈存命令发出前是否已存待定记录",
              "Whether the pending record was stored when the debit, or the credit, went out"},
    .words = yes_or_no};

// What the terminal keeps of a transaction (standards.md 7.8; clauses.md A.1, J.4).
constexpr ActionSlot record_kind{
    .name = "record", .kind = Kind::word, .title = {"记录类型", "Kind of the record"}, .words = kinds};
constexpr ActionSlot state{
    .name = "state", .kind = Kind::word, .title = {"记录状态", "State of the record"}, .words = states};
constexpr ActionSlot serial{
    .name = "serial", .kind = Kind::number, .title = {"终端流水号", "The record's own serial number"}};
constexpr ActionSlot asn{.name = "asn", .title = {"应用序列号", "Application serial number"}, .width = 8};
constexpr ActionSlot home_city{.name = "home-city", .title = {"卡属地", "The card's city"}, .width = 2};
constexpr ActionSlot trading_city{.name = "trading-city", .title = {"交易地", "The terminal's city"}, .width = 2};
constexpr ActionSlot card_type{.name = "card-type", .title = {"主类型和子类型", "Main and sub type"}, .width = 2};
constexpr ActionSlot type{.name = "type", .title = {"交易类型标识", "Transaction type (TTI)"}, .width = 1};
constexpr ActionSlot counter{.name = "counter", .title = {"卡的交易序号", "Counter of the card"}, .width = 2};
constexpr ActionSlot balance_before{
    .name = "balance-before", .kind = Kind::number, .title = {"交易前余额", "Balance before"}};
constexpr ActionSlot balance_after{
    .name = "balance-after", .kind = Kind::number, .title = {"交易后余额", "Balance after"}};
constexpr ActionSlot paid{.name = "amount", .kind = Kind::number, .title = {"交易金额", "Amount"}};
constexpr ActionSlot list_amount{
    .name = "list-amount", .kind = Kind::number, .title = {"优惠前金额", "Amount before the concession"}};
constexpr ActionSlot concession{.name = "concession", .kind = Kind::number, .title = {"优惠金额", "Concession"}};
constexpr ActionSlot key{
    .name = "key", .title = {"密钥索引、版本、算法", "Index, version and algorithm of the purchase key"}, .width = 3};
constexpr ActionSlot terminal{
    .name = "terminal", .title = {"终端机编号", "Terminal number of the PSAM (of a load, the load SAM)"}, .width = 6};
constexpr ActionSlot terminal_serial{
    .name = "terminal-serial", .title = {"终端交易序号", "The PSAM's serial of the transaction"}, .width = 4};
constexpr ActionSlot moment{.name = "moment", .title = {"日期和时间", "Date and time"}, .width = 7};
constexpr ActionSlot tac{.name = "tac", .title = {"TAC", "TAC"}, .width = 4};
constexpr ActionSlot is_test{
    .name = "test", .kind = Kind::word, .title = {"测试标志", "Whether it is of a test"}, .words = yes_or_no};
constexpr ActionSlot entry_place{.name = "entry-place", .title = {"进站地点", "Place of the entry"}, .width = 2};
constexpr ActionSlot entry_moment{
    .name = "entry-moment", .title = {"进站时间 YYMMDDHHMM", "Time of the entry, YYMMDDHHMM"}, .width = 5};

constexpr ActionSlot of_transactions[] = {
    outcome,         reason,        recovered, debits,       begun,          staged,      macs,
    codes,           shown,         proofs,    pins,         recorded_first, record_kind, state,
    serial,          asn,           home_city, trading_city, card_type,      type,        counter,
    balance_before,  balance_after, paid,      list_amount,  concession,     key,         terminal,
    terminal_serial, moment,        tac,       is_test,      entry_place,    entry_moment};
constexpr ActionSlot of_outcome[] = {outcome};
constexpr ActionSlot of_records[] = {
    {.name = "records", .kind = Kind::number, .required = true, .title = {"记录数", "Records kept"}},
    {.name = "pending", .kind = Kind::number, .required = true, .title = {"其中未定的", "Those of them that are open"}},
    {.name = "paid",
     .kind = Kind::number,
     .required = true,
     .title = {"消费金额合计", "Sum of what is recorded as paid"}},
    {.name = "loaded",
     .kind = Kind::number,
     .required = true,
     .title = {"充值金额合计", "Sum of what is recorded as loaded"}},
    record_kind,
    state,
    serial,
    asn,
    counter,
    paid,
    moment,
    tac};

constexpr ActionSlot date{
    .name = "date", .required = true, .title = {"终端日期 YYYYMMDD", "The terminal's date, YYYYMMDD"}, .width = 4};
constexpr ActionSlot time{
    .name = "time", .required = true, .title = {"终端时间 HHMMSS", "The terminal's time, HHMMSS"}, .width = 3};
constexpr ActionSlot amount{
    .name = "amount", .kind = Kind::number, .required = true, .title = {"金额（分）", "Amount, in fen"}};
constexpr ActionSlot station{
    .name = "station", .required = true, .title = {"线路和站点", "Line and station"}, .width = 2};
constexpr ActionSlot pin{.name = "pin", .title = {"个人密码", "The card's PIN"}, .secret = true};

/// A word that switches something.
constexpr ActionSlot flag(std::string_view slot, core::Text title) {
    return {.name = slot, .kind = Kind::word, .title = title, .words = yes_or_no};
}
constexpr ActionSlot money(std::string_view slot, core::Text title) {
    return {.name = slot, .kind = Kind::number, .title = title};
}

constexpr ActionSlot to_set[] = {
    {.name = "city", .title = {"终端所在城市", "The terminal's city"}, .width = 2},
    {.name = "white-list", .title = {"接受的外地城市，各2字节", "Other cities that are taken, 2 bytes each"}},
    {.name = "interop-values",
     .title = {"接受的互通标识，各2字节", "Interoperability flags that are taken, 2 bytes each"}},
    {.name = "blacklist", .title = {"黑名单卡号，各8字节", "Cards that are refused, 8 bytes each"}},
    {.name = "blacklist-of-cities",
     .title = {"黑名单：城市、行业、卡号，各12字节", "The same by city, industry and serial number, 12 bytes each"}},
    flag("test", {"测试交易", "Its transactions are of a test"}),
    flag("needs-enabled", {"要求启用标志", "Whether a card must be enabled"}),
    money("most-amount", {"单笔消费限额（分）", "Most of one purchase, in fen"}),
    money("least-balance", {"最低余额（分）", "Least balance, in fen"}),
    money("passback-seconds", {"同卡重刷间隔（秒）", "Seconds in which a card does not do the same again"}),
    {.name = "card-type",
     .title = {"接受的主、子类型；以下为其参数", "Main and sub type that is taken; what follows is of it"},
     .width = 2},
    flag("sale", {"可消费", "It may pay"}),
    flag("load", {"可充值", "It may be loaded"}),
    money("first-load", {"首次充值最低额（分）", "Least amount of its first load, in fen"}),
    money("load-unit", {"充值单位（分）", "Its loads are multiples of this, in fen"}),
    money("most-load", {"单次充值上限（分）", "Most of one load, in fen"}),
    money("most-balance", {"余额上限（分）", "Most it may hold, in fen"}),
    {.name = "fares", .kind = Kind::word, .title = {"分段或计时计费", "Fare by segment or by time"}, .words = fares},
    {.name = "forgotten",
     .kind = Kind::word,
     .title = {"缺少进站或出站时", "Where an entry or an exit is missing"},
     .words = forgotten},
    money("discount-percent", {"换乘优惠百分比", "Per cent taken off after a transfer"}),
    money("discount-minutes", {"换乘时限（分钟）", "Minutes in which it is one"}),
};
constexpr ActionSlot to_pay[] = {amount, date, time};
constexpr ActionSlot to_tap[] = {station, date, time};
constexpr ActionSlot to_load[] = {amount, date, time, pin};
constexpr ActionSlot to_load_at_host[] = {amount,
                                          date,
                                          time,
                                          pin,
                                          {.name = "answered",
                                           .kind = Kind::word,
                                           .title = {"主机对圈存请求的应答是否到达（缺省yes）",
                                                     "Whether the host's answer to the load arrives (default: yes)"},
                                           .words = yes_or_no}};
constexpr ActionSlot to_recover[] = {pin};

constexpr ActionInfo actions[] = {
    {"parameters", {"设置参数", "Takes parameters; what is not given stays"}, to_set, of_outcome},
    {"purchase", {"消费", "A purchase from the EP"}, to_pay, of_transactions},
    {"tap-in", {"进站", "A composite purchase: the way in"}, to_tap, of_transactions},
    {"tap-out", {"出站", "A composite purchase: the way out"}, to_tap, of_transactions},
    {"read-isam", {"读ISAM（签到之前）", "Reads the load SAM, before the host logs in to it"}, {}, of_outcome},
    {"load", {"用ISAM充值", "A load with the load SAM"}, to_load, of_transactions},
    {"load-at-host",
     {"联机充值：MAC2来自发卡方主机；日期时间由主机给出",
      "A load with the issuer's host, which makes MAC2 and tells date and time"},
     to_load_at_host,
     of_transactions},
    {"recover",
     {"断卡恢复", "The same card is back: what became of the transaction that was cut off"},
     to_recover,
     of_transactions},
    {"records", {"终端的记录；最后一条的内容", "What the terminal keeps, and the last of it"}, {}, of_records},
};

} // namespace

std::span<const ActionInfo> terminal_actions() {
    return actions;
}

} // namespace tongka::harness
