#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/actor/file_deviation.hpp"
#include "harness/actor/file_keys.hpp"

namespace tongka::harness {

namespace {

using Files = FileSpoiler;
using Text = FileSpoiler::Text;

bool is_refused(const ReadFile&, const FileRecord& record) {
    return state_of(record.transaction) != 0;
}

bool is_settled(const ReadFile& file, const FileRecord& record) {
    return !is_refused(file, record);
}

/// Refused for what `plant` has planted in FH.
template <unsigned code>
bool has_code(const ReadFile&, const FileRecord& record) {
    return state_of(record.transaction) == code;
}

void remove_record(Text& text) {
    text.lines.erase(text.lines.begin() + static_cast<std::ptrdiff_t>(text.record));
    text.add_to_count(-1);
}

void settle(Text& text) {
    text.put(text.record, "settle-state", "000000");
}

template <unsigned code>
void settle_in_spite(const Files& files) {
    files.edit("DT", has_code<code>, settle);
}

/// What was planted in FH to be refused is paid.
void settle_planted(const Files& files, std::string_view plant) {
    const auto sent = by_key(files.set(), "FH", trade_key);
    files.edit(
        "DT",
        [&](const ReadFile&, const FileRecord& record) {
            const auto found = sent.find(trade_key(record.transaction));
            return state_of(record.transaction) != 0 && found != sent.end() &&
                   std::ranges::any_of(found->second, [&](const PlacedRecord& one) {
                       return files.set().plant_at(one.file->name, one.record->line) == plant;
                   });
        },
        settle);
}

/// SS says nothing of what had to be refused for this reason.
void forget_refusal(const Files& files, std::string_view reason) {
    files.edit(
        "SS",
        [&](const ReadFile& file, const FileRecord& record) { return field_text(file, record, "reason") == reason; },
        remove_record);
}

/// A settlement that gives up records together with the line it cannot read.
void drop_beside_bad_line(const Files& files) {
    std::set<std::string> beside;
    for (const auto* file : files.set().of("FH"))
        if (std::ranges::any_of(file->faults, &clearing::Fault::is_record))
            for (const auto& record : file->records)
                beside.insert(trade_key(record.transaction));
    files.edit(
        "DT", [&](const ReadFile&, const FileRecord& record) { return beside.contains(trade_key(record.transaction)); },
        remove_record);
}

constexpr FileDeviation table[] = {
    {"df-missing",
     {"DF缺一条已确认的记录", "DF lacks a record that is accepted"},
     [](const Files& files) { files.edit("DF", remove_record); }},
    {"df-invented",
     {"DF多一条没有上传的记录", "DF has a record that nobody sent"},
     [](const Files& files) {
         files.edit("DF", [](Text& text) {
             text.lines.push_back(text.lines[text.record]);
             text.put(text.lines.size() - 1, "centre-serial", "9999999999");
             text.put(text.lines.size() - 1, "counter", "064000");
             text.add_to_count(1);
         });
     }},
    {"df-amount",
     {"DF的金额与上传不符", "DF tells another amount than FH"},
     [](const Files& files) { files.put("DF", "amount", "00000001"); }},
    {"df-receiver",
     {"DF发给了别的城市", "DF goes to another city"},
     [](const Files& files) { files.put("DF", "home-city", "4403"); }},
    {"df-length",
     {"DF记录少一个字符", "a record of DF lacks a character"},
     [](const Files& files) { files.edit("DF", [](Text& text) { text.lines[text.record].erase(0, 1); }); }},
    {"df-own-data-flag",
     {"DF文件头带特有数据标志", "the header of DF has a flag of own data"},
     [](const Files& files) { files.edit("DF", [](Text& text) { text.lines[1].insert(17, "0"); }); }},
    {"df-centre-serial-twice",
     {"DF的中心流水号重复", "a serial of the centre comes twice in DF"},
     [](const Files& files) {
         files.edit("DF", [](Text& text) {
             text.lines.back().replace(0, 10, text.lines[text.lines.size() - 2].substr(0, 10));
         });
     }},
    {"df-settle-date",
     {"DF清算日期早于交易", "settled before it was made"},
     [](const Files& files) { files.put("DF", "settle-date", "20261121"); }},
    {"dt-missing", {"DT缺一条记录", "DT lacks a record"}, [](const Files& files) { files.edit("DT", remove_record); }},
    {"dt-invented",
     {"DT多一条没有上传的记录", "DT has a record that nobody sent"},
     [](const Files& files) {
         files.edit("DT", [](Text& text) {
             text.lines.push_back(text.lines[text.record]);
             text.put(text.lines.size() - 1, "centre-serial", "9999999999");
             text.put(text.lines.size() - 1, "counter", "064000");
             text.add_to_count(1);
         });
     }},
    {"dt-refuses",
     {"DT拒付正常交易", "DT refuses a right transaction"},
     [](const Files& files) {
         files.edit("DT", is_settled, [](Text& text) { text.put(text.record, "settle-state", "000001"); });
     }},
    {"dt-pays-wrong-tac", {"TAC错误的交易被结算", "DT settles a wrong TAC"}, settle_in_spite<1>},
    {"dt-pays-unknown", {"未知城市的交易被结算", "DT settles what is of no known city"}, settle_in_spite<2>},
    {"dt-pays-twice", {"重复交易被结算", "DT settles a duplicate"}, settle_in_spite<3>},
    {"dt-pays-foreign-card",
     {"网外城市的卡被结算", "DT settles a card of no city of the network"},
     [](const Files& files) { settle_planted(files, "unknown-city"); }},
    {"dt-pays-same-counter",
     {"同卡同序号同TAC的第二笔被结算", "DT settles the same card, counter and TAC twice"},
     [](const Files& files) { settle_planted(files, "duplicate"); }},
    {"dt-pays-same-pos-serial",
     {"同一POS流水的第二笔被结算", "DT settles one POS serial twice"},
     [](const Files& files) { settle_planted(files, "duplicate-pos"); }},
    {"dt-pays-no-date",
     {"日期不存在的交易被结算", "DT settles what was made on no day"},
     [](const Files& files) { settle_planted(files, "time"); }},
    {"dt-pays-over-balance", {"余额不足的交易被结算", "DT settles more than the card had"}, settle_in_spite<5>},
    {"dt-pays-test", {"测试交易被结算", "DT settles test data"}, settle_in_spite<6>},
    {"dt-pays-wrong-time", {"时间错误的交易被结算", "DT settles a wrong time"}, settle_in_spite<7>},
    {"dt-pays-blacklisted", {"黑名单卡的交易被结算", "DT settles a blacklisted card"}, settle_in_spite<90>},
    {"dt-other-code",
     {"拒付代码错误", "a wrong TAC has the code of a duplicate"},
     [](const Files& files) {
         files.edit("DT", has_code<1>, [](Text& text) { text.put(text.record, "settle-state", "000003"); });
     }},
    {"dt-length",
     {"DT记录多一个字符", "a record of DT has a character too many"},
     [](const Files& files) { files.edit("DT", [](Text& text) { text.lines[text.record].insert(0, "0"); }); }},
    {"dt-state-letters",
     {"DT结算状态不是数字", "a settlement state that is no number"},
     [](const Files& files) { files.put("DT", "settle-state", "00000A"); }},
    {"dt-drops-beside-bad-line",
     {"有坏行的文件少一条结果", "a record of a file with a bad line comes back nowhere"},
     drop_beside_bad_line},
    {"dt-settle-date",
     {"DT清算日期不存在", "a settlement date that does not exist"},
     [](const Files& files) { files.put("DT", "settle-date", "20261100"); }},
    {"ec-incomplete",
     {"EC缺一个代码", "a code that DT gives is missing in EC"},
     [](const Files& files) { files.edit("EC", remove_record); }},
    {"ec-utf8",
     {"EC不是GBK编码", "EC is in UTF-8"},
     [](const Files& files) { files.edit("EC", [](Text& text) { text.lines[text.record].replace(10, 4, "错误"); }); }},
    {"wl-incomplete",
     {"WL缺一个城市", "WL lacks a city whose cards are settled"},
     [](const Files& files) { files.edit("WL", remove_record); }},
    {"wl-length",
     {"WL城市代码只有4位", "a city of WL has four digits"},
     [](const Files& files) { files.edit("WL", [](Text& text) { text.lines[text.record].erase(4, 4); }); }},
    {"sa-of-settled",
     {"SA调整了未拒付的交易", "SA adjusts what was never refused"},
     [](const Files& files) { files.put("SA", "counter", "064000"); }},
    {"sa-count",
     {"SA记录数错误", "the count of SA is wrong"},
     [](const Files& files) { files.edit("SA", [](Text& text) { text.add_to_count(1); }); }},
    {"xf-type", {"XF交易类型是07", "a type 07 in XF"}, [](const Files& files) { files.put("XF", "type", "07"); }},
    {"xf-grey", {"XF灰标志是02", "a grey flag 02 in XF"}, [](const Files& files) { files.put("XF", "grey", "02"); }},
    {"xf-count",
     {"XF记录数错误", "the count of XF is wrong"},
     [](const Files& files) { files.edit("XF", [](Text& text) { text.add_to_count(-1); }); }},
    {"ss-missing", {"SS缺一条拒付", "SS lacks a refusal"}, [](const Files& files) { files.edit("SS", remove_record); }},
    {"ss-pays-grey",
     {"灰记录未被拒付", "SS refuses no grey record"},
     [](const Files& files) { forget_refusal(files, "04"); }},
    {"ss-pays-wrong-tac",
     {"SS未拒付TAC错误", "SS refuses no wrong TAC"},
     [](const Files& files) { forget_refusal(files, "01"); }},
    {"ss-pays-over-balance",
     {"SS未拒付余额不足", "SS refuses none that is more than the card had"},
     [](const Files& files) { forget_refusal(files, "05"); }},
    {"ss-reason",
     {"拒付原因08未公布", "SS gives a reason 08"},
     [](const Files& files) { files.put("SS", "reason", "08"); }},
    {"ss-tag",
     {"SS文件头标志错误", "the header of SS begins otherwise"},
     [](const Files& files) { files.put("SS", "tag", "SX", 1); }},
    {"qs-refused",
     {"QS拒付笔数错误", "a count of QS is wrong"},
     [](const Files& files) { files.put("QS", "refused-count", "00000099"); }},
    {"qs-amount",
     {"QS确认金额错误", "an amount of QS is wrong"},
     [](const Files& files) { files.put("QS", "confirmed-amount", "0000000001"); }},
    {"qs-length",
     {"QS记录少一个字符", "a record of QS lacks a character"},
     [](const Files& files) { files.edit("QS", [](Text& text) { text.lines[text.record].erase(0, 1); }); }},
    {"ns-missing",
     {"NS缺一个文件", "NS lacks a file that was settled"},
     [](const Files& files) { files.edit("NS", remove_record); }},
    {"ns-filler",
     {"NS填充不是F", "the filler of NS is blank"},
     [](const Files& files) { files.put("NS", "filler", "        "); }},
    {"blacklist-unsorted",
     {"黑名单未排序", "the blacklist is not sorted"},
     [](const Files& files) {
         files.edit("blacklist", [](Text& text) { std::ranges::reverse(text.lines.begin() + 1, text.lines.end()); });
     }},
    {"blacklist-twice",
     {"黑名单有重复卡号", "a card stands on the blacklist twice"},
     [](const Files& files) {
         files.edit("blacklist", [](Text& text) {
             text.lines.insert(text.lines.begin() + 1, text.lines[1]);
             text.add_to_count(1);
         });
     }},
    {"blacklist-card-pays",
     {"黑名单卡仍在消费", "a card of the blacklist has paid"},
     [](const Files& files) {
         const auto& upload = files.first("FH");
         const auto paid = std::ranges::find_if(upload.records, [&](const FileRecord& record) {
             return files.set().plant_at(upload.name, record.transaction.line).empty();
         });
         files.put("blacklist", "card", core::to_hex(paid->transaction.asn));
     }},
    {"blacklist-level",
     {"黑名单级别未公布", "a level 99 on the blacklist"},
     [](const Files& files) { files.put("blacklist", "level", "99"); }},
    {"blacklist-count",
     {"黑名单记录数错误", "the count of the blacklist is wrong"},
     [](const Files& files) { files.edit("blacklist", [](Text& text) { text.add_to_count(1); }); }},
    {"lock-list-length",
     {"锁卡名单卡号少一位", "a card number of the lock list is short"},
     [](const Files& files) { files.edit("lock-list", [](Text& text) { text.lines[text.record].erase(0, 1); }); }},
    {"tail-count",
     {"尾行笔数错误", "the count of the tail is wrong"},
     [](const Files& files) {
         files.edit("shanghai-FH", [](Text& text) { text.lines.back().replace(9, 8, "00000099"); });
     }},
    {"tail-sum",
     {"尾行金额错误", "the sum of the tail is wrong"},
     [](const Files& files) {
         files.edit("shanghai-FH", [](Text& text) { text.lines.back().replace(17, 12, "000000000001"); });
     }},
    {"record-315-short",
     {"315字符记录少一个字符", "a record of 315 characters lacks one"},
     [](const Files& files) { files.edit("yangzhou-315", [](Text& text) { text.lines[text.record].erase(0, 1); }); }},
    {"record-315-tac",
     {"315字符记录的TAC错误", "a wrong TAC in a record of 315 characters"},
     [](const Files& files) { files.put("yangzhou-315", "tac", "DEADBEEF"); }},
    {"record-128-crc",
     {"128字节记录CRC错误", "a wrong CRC in a record of 128 bytes"},
     [](const Files& files) { files.edit_bytes("beijing-128", [](std::string& bytes) { bytes[127] ^= 1; }); }},
    {"record-64-flag",
     {"64字节记录标志不是55AA", "a record of 64 bytes has another flag than 55AA"},
     [](const Files& files) {
         const auto at = files.set().layout("vendor-64").record.find("flag")->offset;
         files.edit_bytes("vendor-64", [&](std::string& bytes) { bytes[at] = '\x54'; });
     }},
    {"record-39-cut",
     {"39字节记录被截断", "the last record of 39 bytes is cut"},
     [](const Files& files) { files.edit_bytes("ministry-39", [](std::string& bytes) { bytes.pop_back(); }); }},
};

} // namespace

std::span<const FileDeviation> settlement_deviations() {
    return table;
}

} // namespace tongka::harness
