#include "core/message/layout.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::core::message {
namespace {

using enum FieldType;
using enum Source;

// clang-format off
constexpr Field response_code{"response-code", 1, bytes, single_source, "F", {"应答码", "Response code"}};
constexpr Field asn{"asn", 8, bytes, verified, "F, H", {"应用序列号后8字节", "Application serial number, right-most 8 bytes"}};
constexpr Field type{"type", 1, bytes, single_source, "H", {"交易类型：01 ED圈存，02 EP圈存", "Transaction type: 01 ED load, 02 EP load"}};
constexpr Field counter{"counter", 2, number, verified, "F, H", {"联机交易序号", "Online counter of the load"}};
constexpr Field tac{"tac", 4, bytes, single_source, "F", {"交易验证码TAC", "TAC"}};
constexpr Field amount{"amount", 4, number, verified, "F, H", {"圈存金额（分）", "Amount of the load, in fen"}};
constexpr Field key_index{"key-index", 1, bytes, inferred, "the host derives the key by it", {"圈存密钥索引", "Index of the load key"}};
constexpr Field old_balance{"old-balance", 4, number, verified, "F, H", {"交易前余额（分）", "Balance before, in fen"}};
constexpr Field key_version{"key-version", 1, bytes, single_source, "H", {"密钥版本", "Key version"}};
constexpr Field algorithm{"algorithm", 1, bytes, single_source, "H", {"算法标识", "Algorithm identifier"}};
constexpr Field random{"random", 4, bytes, single_source, "H", {"卡随机数", "Random number of the card"}};
constexpr Field mac1{"mac1", 4, bytes, single_source, "H", {"MAC1", "MAC1"}};
constexpr Field state{"state", 1, bytes, inferred, "what a load came to", {"圈存状态：00未决，01入账，02撤销，03存疑", "State of the load: 00 authorised, 01 booked, 02 cancelled, 03 disputed"}};
constexpr Field settle_date{"settle-date", 4, bcd, verified, "F, H", {"清算日期", "Settlement date"}};
constexpr Field unit{"unit", 4, bytes, single_source, "F", {"单位标识：城市2，行业2", "Unit: city 2, industry 2"}};
constexpr Field mode{"mode", 1, bytes, single_source, "F: always 00", {"交易模式", "Transaction mode"}};
constexpr Field isam{"isam", 8, bytes, verified, "F, H", {"圈存SAM号", "Serial number of the load SAM"}};
constexpr Field pos{"pos", 6, bytes, verified, "F, H", {"POS号（圈存SAM的终端机编号）", "POS: terminal number of the load SAM"}};
constexpr Field terminal{"terminal", 6, bytes, verified, "F, H", {"终端号", "Terminal"}};
constexpr Field operator_card{"operator", 8, bytes, verified, "F, H", {"操作员", "Operator"}};
constexpr Field batch{"batch", 3, number, single_source, "F", {"批次号", "Batch number"}};
constexpr Field batch_sent{"batch", 3, number, inferred, "which log-in it belongs to", {"批次号", "Batch number"}};
constexpr Field limit_amount{"limit-amount", 4, number, single_source, "F", {"授权额度（分）", "Limit: amount, in fen"}};
constexpr Field limit_time{"limit-time", 7, bcd, single_source, "F", {"授权截止时间", "Limit: last moment"}};

constexpr Field line_check_reply[] = {
    response_code,
    {"last-sequence", 4, number, inferred, "a terminal that forgot goes on from it", {"主机已处理的最后流水号", "Last sequence number that the host took"}},
    {"host-time", 7, bcd, inferred, "H has the centre's time", {"主机时间", "The host's time"}},
};

constexpr Field load_request_fields[] = {
    {"city", 2, bytes, single_source, "H", {"卡所属城市", "City of the card"}},
    asn, type, key_index, amount,
    {"pos", 6, bytes, verified, "F, H", {"圈存初始化所用终端机编号", "Terminal number in INITIALIZE FOR LOAD"}},
    old_balance, counter, key_version, algorithm, random, mac1,
};
constexpr Field load_request_reply[] = {
    response_code,
    {"date-time", 7, bcd, verified, "F, H", {"主机日期时间，MAC2所用", "The host's date and time, as in MAC2"}},
    {"amount", 4, number, inferred, "what MAC2 is for; must be what was asked", {"授权金额（分）", "Amount that is authorised, in fen"}},
    {"mac2", 4, bytes, single_source, "H", {"MAC2", "MAC2"}},
    settle_date,
    {"key-authorisation", 5, bcd, verified, "F, H; of H's width", {"密钥授权流水", "Serial of the key authorisation"}},
    {"amount-authorisation", 5, bcd, verified, "F, H; of H's width", {"额度授权流水", "Serial of the amount authorisation"}},
};

constexpr Field load_result_fields[] = {
    asn, type, counter,
    {"new-balance", 4, number, single_source, "F", {"交易后余额（分）", "Balance after, in fen"}},
    tac,
};
constexpr Field state_reply[] = {response_code, state};

constexpr Field load_inquiry_fields[] = {asn, type};
constexpr Field load_inquiry_reply[] = {
    response_code,
    {"open", 1, bytes, inferred, "whether evidence is wanted", {"有无未了结圈存：01有，00无（其余域为零）", "Whether a load is open: 01; 00: no, the rest is zeros"}},
    counter,
    {"prove-counter", 2, number, inferred, "what GET TRANSACTION PROVE takes", {"取交易认证所用序号", "Counter for GET TRANSACTION PROVE"}},
    amount,
    {"challenge", 6, bytes, inferred, "standards.md 7.6", {"再次初始化所用终端机编号", "Terminal number for the INITIALIZE that proves"}},
};

constexpr Field load_settlement_fields[] = {
    asn, type, counter,
    {"evidence", 1, bytes, inferred, "standards.md 7.6", {"证据：01 TAC，02 再次初始化（其余域为零）", "Evidence: 01 TAC, 02 a new INITIALIZE; what is not of it is zeros"}},
    tac, key_index,
    {"new-amount", 4, number, inferred, "of the new INITIALIZE", {"再次初始化的金额", "Amount of the new INITIALIZE"}},
    old_balance,
    {"new-counter", 2, number, inferred, "of the new INITIALIZE", {"再次初始化的联机序号", "Online counter of the new INITIALIZE"}},
    key_version, algorithm, random, mac1,
};

constexpr Field isam_log_in_fields[] = {
    unit, mode, isam, pos, terminal, operator_card,
    {"random", 8, bytes, single_source, "F", {"圈存SAM随机数", "Random number of the load SAM"}},
};
constexpr Field isam_log_in_reply[] = {
    response_code,
    {"cryptogram", 8, bytes, single_source, "F", {"外部认证密文", "Cryptogram for EXTERNAL AUTHENTICATION"}},
    limit_amount, limit_time,
    {"settle-date", 4, bcd, verified, "F, H", {"清算日期", "Settlement date"}},
    batch,
};

constexpr Field isam_limit_fields[] = {
    isam, batch_sent,
    {"action", 1, bytes, inferred, "decision 0008: how a limit gets into the SAM", {"01开放，02关闭额度", "01 opens the limit, 02 closes it"}},
    {"challenge", 8, bytes, inferred, "standards.md 5.1", {"圈存SAM随机数，不足补零", "Random number for the MAC; 4 bytes are filled up with zeros"}},
    {"left", 4, number, inferred, "what the closed file keeps", {"剩余额度（关闭时）", "What is left of the amount (when it closes)"}},
    {"serial", 4, number, inferred, "what the count of loads begins with", {"圈存SAM交易序号", "Serial number of the SAM (file 0018)"}},
};
constexpr Field isam_limit_reply[] = {
    response_code, limit_amount, limit_time, batch,
    {"mac", 4, bytes, inferred, "standards.md 5.1", {"更新001B文件的MAC", "MAC of the UPDATE BINARY of file 001B"}},
    {"granted", 4, number, inferred, "what the sums of the log-out are made from", {"本次签到授权额度", "Amount that this log-in granted"}},
    {"first-serial", 4, number, inferred, "what the count of loads begins with", {"开放额度时的交易序号", "Serial number when the limit was opened"}},
};

constexpr Field isam_log_out_fields[] = {
    unit, mode, isam, pos, terminal, operator_card, batch_sent,
    {"load-count", 4, number, single_source, "F", {"圈存笔数", "Number of loads"}},
    {"load-amount", 4, number, single_source, "F", {"圈存金额（分）", "Amount of loads, in fen"}},
    {"deposit-amount", 4, number, single_source, "F", {"押金金额（分）", "Amount of deposits, in fen"}},
};
constexpr Field code_alone[] = {response_code};

constexpr Layout table[] = {
    {line_check, "line-check", inferred, {"线路检测：问最后流水号与主机时间", "Asks for the last sequence number and the host's time"}, {}, line_check_reply},
    {load_request, "load-request", inferred, {"圈存请求", "Asks for MAC2 of a load"}, load_request_fields, load_request_reply},
    {load_result, "load-result", inferred, {"圈存结果通知", "Tells the TAC of a load"}, load_result_fields, state_reply},
    {load_inquiry, "load-inquiry", inferred, {"查询未了结圈存", "Asks for a load that was cut off"}, load_inquiry_fields, load_inquiry_reply},
    {load_settlement, "load-settlement", inferred, {"以证据了结圈存（确认或冲正）", "Settles such a load by what the card shows: booked or reversed"}, load_settlement_fields, state_reply},
    {isam_log_in, "isam-log-in", single_source, {"圈存SAM签到", "Log-in of a load SAM"}, isam_log_in_fields, isam_log_in_reply},
    {isam_limit, "isam-limit", inferred, {"写入或关闭圈存SAM额度", "Opens or closes the limit in a load SAM"}, isam_limit_fields, isam_limit_reply},
    {isam_log_out, "isam-log-out", single_source, {"圈存SAM签退", "Log-out of a load SAM"}, isam_log_out_fields, code_alone},
};
// clang-format on

} // namespace

std::span<const Layout> layouts() {
    return table;
}

const Layout* find_layout(std::uint16_t code) {
    const auto* found = std::ranges::find(table, code, &Layout::code);
    return found == std::end(table) ? nullptr : found;
}

Result<const Layout*> layout_named(std::string_view name) {
    std::vector<std::string_view> names;
    for (const Layout& layout : table) {
        if (layout.name == name)
            return &layout;
        names.push_back(layout.name);
    }
    return fail(fmt::format("there is no message '{}'{}", name, suggest(name, names)));
}

std::size_t size_of(std::span<const Field> fields) {
    std::size_t size = 0;
    for (const Field& field : fields)
        size += field.width;
    return size;
}

std::string_view name(FieldType of_type) {
    constexpr std::string_view names[] = {"number", "bcd", "bytes"};
    return names[static_cast<std::size_t>(of_type)];
}

std::string_view name(Source source) {
    constexpr std::string_view names[] = {"verified", "single-source", "inferred"};
    return names[static_cast<std::size_t>(source)];
}

} // namespace tongka::core::message
