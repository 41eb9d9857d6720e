#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

using Kind = ActionSlot::Kind;

/// core/message/layout.hpp.
constexpr std::string_view messages[] = {"line-check",      "load-request", "load-result", "load-inquiry",
                                         "load-settlement", "isam-log-in",  "isam-limit",  "isam-log-out"};
constexpr std::string_view outcomes[] = {"accepted", "refused", "no-answer"};
constexpr std::string_view yes_or_no[] = {"yes", "no"};
constexpr std::string_view macs[] = {"right", "wrong", "half", "of-another"};

constexpr ActionSlot bytes(std::string_view slot, std::size_t width, core::Text title) {
    return {.name = slot, .title = title, .width = width};
}
constexpr ActionSlot number(std::string_view slot, core::Text title) {
    return {.name = slot, .kind = Kind::number, .title = title};
}
constexpr ActionSlot flag(std::string_view slot, core::Text title) {
    return {.name = slot, .kind = Kind::word, .title = title, .words = yes_or_no};
}

constexpr ActionSlot city = bytes("city", 2, {"卡所属城市", "City of the card"});
constexpr ActionSlot amount = number("amount", {"金额（分）", "Amount, in fen"});
constexpr ActionSlot counter = bytes("counter", 2, {"联机交易序号", "Online counter"});
constexpr ActionSlot batch = bytes("batch", 3, {"批次号", "Batch number"});
constexpr ActionSlot challenge_of_isam = bytes("challenge", 8, {"圈存SAM随机数", "Random number of the load SAM"});

constexpr ActionSlot to_ask[] = {
    {.name = "message", .kind = Kind::word, .required = true, .title = {"报文", "The message"}, .words = messages},
    // How it comes: without these under the next sequence number, in time, rightly MACed.
    number("sequence", {"流水号（缺省：下一个）", "Sequence number (default: the next)"}),
    number("late", {"比主机时间晚的分钟数", "Minutes that its time lies behind the host's"}),
    number("early", {"比主机时间早的分钟数", "Minutes that its time lies before the host's"}),
    bytes("terminal", 6, {"终端号（缺省：已登记的）", "Terminal (default: one that is in the book)"}),
    {.name = "mac", .kind = Kind::word, .title = {"报文MAC", "Its MAC"}, .words = macs},
    number("flip", {"MAC之后改动第n字节", "The n-th byte is changed behind the MAC"}),
    // What it holds; what is not given is zeros.
    city,
    bytes("asn", 8, {"应用序列号", "Application serial number"}),
    bytes("type", 1, {"交易类型", "Transaction type"}),
    bytes("key-index", 1, {"圈存密钥索引", "Index of the load key"}),
    amount,
    bytes("pos", 6, {"终端机编号", "Terminal number in INITIALIZE"}),
    number("old-balance", {"交易前余额", "Balance before"}),
    counter,
    bytes("key-version", 1, {"密钥版本", "Key version"}),
    bytes("algorithm", 1, {"算法标识", "Algorithm identifier"}),
    bytes("random", 0, {"随机数", "Random number, of the card (4 bytes) or the load SAM (8)"}),
    bytes("mac1", 4, {"MAC1", "MAC1"}),
    number("new-balance", {"交易后余额", "Balance after"}),
    bytes("tac", 4, {"TAC", "TAC"}),
    bytes("evidence", 1, {"证据：01 TAC，02再次初始化", "Evidence: 01 TAC, 02 a new INITIALIZE"}),
    number("new-amount", {"再次初始化的金额", "Amount of the new INITIALIZE"}),
    bytes("new-counter", 2, {"再次初始化的联机序号", "Online counter of the new INITIALIZE"}),
    bytes("isam", 8, {"圈存SAM号", "Serial number of the load SAM"}),
    batch,
    bytes("action", 1, {"01开放，02关闭额度", "01 opens the limit, 02 closes it"}),
    challenge_of_isam,
    number("left", {"剩余额度", "What is left of the amount"}),
    number("serial", {"圈存SAM交易序号", "Serial number of the SAM"}),
    number("load-count", {"圈存笔数", "Count of loads"}),
    number("load-amount", {"圈存金额", "Amount of loads"}),
    number("deposit-amount", {"押金金额", "Amount of deposits"}),
};

constexpr ActionSlot of_reply[] = {
    {.name = "outcome",
     .kind = Kind::word,
     .required = true,
     .title = {"主机的应答", "What the host answers"},
     .words = outcomes},
    bytes("code", 1, {"应答码", "Response code"}),
    flag("authentic", {"应答MAC正确，且覆盖请求的MAC", "Whether its MAC is right, and covers the request's"}),
    flag("belongs",
         {"应答的报文、终端和流水号与请求一致", "Whether message, terminal and sequence number are the request's"}),
    flag("as-before", {"与上一应答逐字节相同", "Whether it is the reply before, byte by byte"}),
    bytes("date-time", 7, {"主机日期时间", "The host's date and time, as in MAC2"}),
    amount,
    bytes("mac2", 4, {"MAC2", "MAC2"}),
    bytes("settle-date", 4, {"清算日期", "Settlement date"}),
    bytes("key-authorisation", 5, {"密钥授权流水", "Serial of the key authorisation"}),
    bytes("amount-authorisation", 5, {"额度授权流水", "Serial of the amount authorisation"}),
    bytes("state", 1, {"圈存状态", "State of the load: 00 authorised, 01 booked, 02 cancelled, 03 disputed"}),
    bytes("open", 1, {"有无未了结圈存", "Whether a load is open"}),
    counter,
    bytes("prove-counter", 2, {"取交易认证所用序号", "Counter for GET TRANSACTION PROVE"}),
    bytes("load-challenge", 6, {"再次初始化所用终端机编号", "Terminal number for the INITIALIZE that proves"}),
    bytes("cryptogram", 8, {"外部认证密文", "Cryptogram of a log-in"}),
    number("limit-amount", {"授权额度", "Limit: amount"}),
    bytes("limit-time", 7, {"授权截止时间", "Limit: last moment"}),
    batch,
    bytes("limit-mac", 4, {"更新001B文件的MAC", "MAC of the UPDATE BINARY of file 001B"}),
    number("granted", {"本次签到授权额度", "Amount that this log-in granted"}),
    number("first-serial", {"开放额度时的交易序号", "Serial number when the limit was opened"}),
    number("last-sequence", {"主机已处理的最后流水号", "Last sequence number that the host took"}),
};

constexpr ActionSlot to_repeat[] = {number("after", {"经过的分钟数", "Minutes that pass before"})};

constexpr ActionSlot to_book[] = {
    flag("card-blocked", {"停用卡片", "Blocks the card, or not"}),
    flag("isam-blocked", {"停用圈存SAM", "Blocks the load SAM, or not"}),
    number("isam-most", {"圈存SAM每次签到的额度", "What a log-in of the load SAM may have"}),
};
constexpr ActionSlot of_book[] = {
    {.name = "account", .kind = Kind::number, .required = true, .title = {"账户余额", "Balance of the account"}},
    {.name = "held", .kind = Kind::number, .required = true, .title = {"冻结金额", "On hold"}},
    {.name = "booked", .kind = Kind::number, .required = true, .title = {"已入账金额", "On cards"}},
};

constexpr ActionInfo actions[] = {
    {"request", {"发送报文", "Sends a message and takes the answer"}, to_ask, of_reply},
    {"repeat", {"原样重发上一报文", "Sends the message before once more, byte by byte"}, to_repeat, of_reply},
    {"book",
     {"账本：改动名册，给出余额", "The host's book: changes who is served, tells where the money is"},
     to_book,
     of_book},
};

} // namespace

std::span<const ActionInfo> host_actions() {
    return actions;
}

} // namespace tongka::harness
