#include "harness/clearing/verdict.hpp"

#include <algorithm>

namespace tongka::harness::clearing {
namespace {

/// Part D has no code of its own for a blacklisted card or a line that cannot be read: both are 90, "other" (inferred).
constexpr VerdictInfo table[] = {
    {Verdict::accepted, "accepted", 10, {"正常", "accepted"}},
    {Verdict::wrong_tac, "tac", 1, {"TAC错误", "the TAC is wrong"}},
    {Verdict::unknown_city, "unknown", 2, {"数据非法：城市或账户不存在", "illegal data: city or account is not known"}},
    {Verdict::duplicate, "duplicate", 3, {"重复交易", "there already"}},
    {Verdict::grey, "grey", 4, {"灰记录", "grey record: nobody knows whether the card has paid"}},
    {Verdict::insufficient, "insufficient", 5, {"交易金额大于余额", "more than the card had"}},
    {Verdict::test, "test", 6, {"测试数据", "test data"}},
    {Verdict::wrong_time, "time", 7, {"交易时间错误", "no date and time, or one in the future"}},
    {Verdict::foreign_city, "foreign", 64, {"异地卡数据", "a card of another city"}},
    {Verdict::blacklisted, "blacklisted", 90, {"其他：黑名单卡", "other: the card is on the blacklist"}},
    {Verdict::bad_line, "line", 90, {"其他：记录不合格式", "other: the line cannot be read"}},
};

constexpr NoticeInfo notice_table[] = {
    {Notice::counter_gap, "counter-gap", {"交易序号不连续", "records of this card before it are missing"}},
    {Notice::counter_twice, "counter-twice", {"同一交易序号出现两笔交易", "another transaction has the same counter"}},
    {Notice::balance, "balance", {"余额与上一笔不符", "less money than the transaction before has left"}},
    {Notice::clock_back, "clock-back", {"时间早于上一笔", "earlier than the transaction before"}},
};

} // namespace

std::span<const VerdictInfo> verdicts() {
    return table;
}

const VerdictInfo& info(Verdict verdict) {
    return *std::ranges::find(table, verdict, &VerdictInfo::verdict);
}

std::span<const NoticeInfo> notices() {
    return notice_table;
}

} // namespace tongka::harness::clearing
