#include "harness/clearing/plant.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::harness::clearing {
namespace {

constexpr PlantInfo table[] = {
    {Plant::tac, "tac", "tac", {"TAC被改一位", "a bit of the TAC is another"}},
    {Plant::duplicate, "duplicate", "duplicate", {"同一记录出现两次", "the record stands there twice"}},
    {Plant::duplicate_pos, "duplicate-pos", "duplicate", {"同一POS流水号两笔", "two records with one POS serial"}},
    {Plant::time, "time", "time", {"月份为13", "a month 13"}},
    {Plant::future, "future", "time", {"交易日期在将来", "a date in the future"}},
    {Plant::unknown_city, "unknown-city", "unknown", {"卡属地不在网内", "a home city that is not in the network"}},
    {Plant::other_place, "other-place", "unknown", {"交易地与文件头不符", "another trading city than the file's"}},
    {Plant::grey, "grey", "grey", {"灰记录", "a grey record"}},
    {Plant::insufficient, "insufficient", "insufficient", {"金额大于余额", "more than the card had"}},
    {Plant::test, "test", "test", {"测试标志", "the test flag"}},
    {Plant::blacklisted, "blacklisted", "blacklisted", {"黑名单卡", "a card of the blacklist"}},
    {Plant::counter_gap, "counter-gap", "counter-gap", {"缺少一笔", "a record is missing"}},
    {Plant::counter_twice, "counter-twice", "counter-twice", {"同一序号两笔", "two transactions with one counter"}},
    {Plant::balance, "balance", "balance", {"余额少一分", "a fen too little in the balance"}},
    {Plant::clock_back, "clock-back", "clock-back", {"时间倒退", "earlier than the one before"}},
    {Plant::line_short, "line-short", "line", {"记录少一字符", "a character is missing"}},
    {Plant::line_rubbish, "line-rubbish", "line", {"金额中有字母", "a letter in the amount"}},
    {Plant::line_foreign, "line-foreign", "line", {"编码混杂", "a byte of no encoding"}},
    {Plant::header_count, "header-count", "file", {"文件头记录数错误", "a wrong count in the header"}, true},
    {Plant::header_type, "header-version", "file", {"文件头版本错误", "another version in the header"}, true},
    {Plant::cut_file, "cut-file", "line", {"文件在记录中截断", "a file that ends within a record"}, true},
    {Plant::file_twice, "file-twice", "duplicate", {"同一文件传两次", "a file delivered twice"}, true},
};

} // namespace

std::span<const PlantInfo> plants() {
    return table;
}

const PlantInfo& info(Plant plant) {
    return *std::ranges::find(table, plant, &PlantInfo::plant);
}

bool can_carry(const Layout& layout, Plant plant) {
    const auto carries = [&](std::string_view member) {
        return std::ranges::any_of(layout.record.fields,
                                   [&](const Field& field) { return field.means && field.means->name == member; });
    };
    if (info(plant).of_file)
        return layout.name == "FH";
    switch (plant) {
    case Plant::grey:
        return carries("grey");
    case Plant::test:
        return carries("test");
    case Plant::duplicate_pos:
        return carries("pos-serial");
    case Plant::other_place:
        return layout.name == "FH"; // told by record and header
    default:
        return true;
    }
}

core::Result<void> read_plant(std::string_view text, const Layout& layout, std::map<Plant, std::uint32_t>& into) {
    const auto colon = text.find(':');
    const auto name = text.substr(0, colon);
    std::uint32_t count = 1;
    if (colon != text.npos) {
        const auto digits = text.substr(colon + 1);
        const auto read = std::from_chars(digits.begin(), digits.end(), count);
        if (read.ec != std::errc() || read.ptr != digits.end() || count == 0 || count > 1'000'000)
            return core::fail(fmt::format("--plant {}: behind the colon stands how often, from 1 to 1000000", text));
    }
    std::vector<std::string_view> names{"all"};
    bool found = false;
    for (const PlantInfo& one : table) {
        names.push_back(one.name);
        if (name != one.name && name != "all")
            continue;
        found = true;
        if (can_carry(layout, one.plant))
            into[one.plant] += count;
        else if (name != "all")
            return core::fail(fmt::format("--plant {}: files of layout {} cannot have it", text, layout.name));
    }
    if (!found)
        return core::fail(fmt::format("--plant {}: no such error can be planted{}", text, core::suggest(name, names)));
    return {};
}

} // namespace tongka::harness::clearing
