#include "harness/actor/file_deviation.hpp"

#include <fmt/format.h>

namespace tongka::harness {

namespace {

using Files = FileSpoiler;
using Text = FileSpoiler::Text;

/// Of FH the record, unless `head` tells a line of the header.
template <std::size_t head = 0>
void put(const Files& files, std::string_view field, std::string_view text) {
    files.put("FH", field, text, head);
}

bool is_lock(const ReadFile&, const FileRecord& record) {
    return record.transaction.lock != 0;
}

/// A record behind another one of its file.
template <typename Change>
void edit_later(const Files& files, Change change) {
    files.edit(
        "FH", [](const ReadFile& file, const FileRecord& record) { return &record != &file.records[0]; }, change);
}

/// A record behind one of the same card in the same file, neither planted.
template <typename Change>
void edit_second(const Files& files, Change change) {
    files.edit(
        "FH",
        [&](const ReadFile& file, const FileRecord& record) {
            for (std::size_t at = 1; at < file.records.size(); ++at)
                if (&file.records[at] == &record)
                    return file.records[at - 1].transaction.asn == record.transaction.asn &&
                           files.set().plant_at(file.name, record.transaction.line - 1).empty() &&
                           (at + 1 == file.records.size() ||
                            file.records[at + 1].transaction.asn != record.transaction.asn);
            return false;
        },
        change);
}

/// Adds a record that is `record` with other serials, and whatever `change` does.
template <typename Change>
void add(const Files& files, Change change) {
    files.edit("FH", [&](Text& text) {
        text.lines.push_back(text.lines[text.record]);
        const auto last = text.lines.size() - 1;
        text.put(last, "serial", "999999999999");
        change(text, last);
        text.add_to_count(1);
    });
}

constexpr FileDeviation table[] = {
    {"fh-name-short",
     {"文件名少一位", "a digit of the name is missing"},
     [](const Files& files) { files.rename("FH", [](std::string name) { return name.substr(0, name.size() - 1); }); }},
    {"fh-twice",
     {"同一文件再次上传", "a file comes again under its name"},
     [](const Files& files) {
         const auto& path = files.first("FH").path;
         const auto again = path.parent_path() / "again";
         std::filesystem::create_directories(again);
         std::filesystem::copy_file(path, again / path.filename());
     }},
    {"fh-version", {"版本不是01", "the version is 02"}, [](const Files& files) { put<1>(files, "version", "02"); }},
    {"fh-type",
     {"文件类型不是2000", "the file type is 2001"},
     [](const Files& files) { put<1>(files, "file-type", "2001"); }},
    {"fh-count",
     {"记录数多1", "the count is one too many"},
     [](const Files& files) { files.edit("FH", [](Text& text) { text.add_to_count(1); }); }},
    {"fh-record-length",
     {"文件头记录长度是172", "the header tells records of 172"},
     [](const Files& files) { put<2>(files, "record-length", "0172"); }},
    {"fh-header-city",
     {"文件头城市与文件名不同", "the header tells another city than the name"},
     [](const Files& files) { put<2>(files, "city", "44030000"); }},
    {"fh-reserved",
     {"保留位不是零", "reserved digits are not zero"},
     [](const Files& files) { put<2>(files, "reserved", "00000001"); }},
    {"fh-line-end",
     {"一行只以换行结束", "a line ends in LF alone"},
     [](const Files& files) {
         files.edit("FH", [](Text& text) { text.lines[text.record].erase(text.lines[text.record].size() - 2, 1); });
     }},
    {"fh-cut",
     {"最后一行没有行结束符", "the last line has no end"},
     [](const Files& files) { files.edit_bytes("FH", [](std::string& bytes) { bytes.resize(bytes.size() - 2); }); }},
    {"fh-line-long",
     {"记录多一个字符", "a record has a character too many"},
     [](const Files& files) { files.edit("FH", [](Text& text) { text.lines[text.record].insert(0, "0"); }); }},
    {"fh-amount-blanks",
     {"金额左补空格", "an amount is filled up with blanks"},
     [](const Files& files) { put(files, "amount", "     100"); }},
    {"fh-foreign-byte",
     {"记录中有非GBK字节", "a byte that is no GBK"},
     [](const Files& files) { put(files, "nature-rest", "000000\xFF\xFF"); }},
    {"fh-too-many",
     {"记录超过99999条", "more than 99,999 records"},
     [](const Files& files) {
         files.edit("FH", [](Text& text) { text.lines.insert(text.lines.end(), 100'000, "0\r\n"); });
     }},
    {"fh-record-city",
     {"记录的交易城市与文件头不同", "a record tells another trading city than the header"},
     [](const Files& files) { put(files, "trading-city", "4403"); }},
    {"fh-serial-twice",
     {"交易流水号重复", "a serial comes twice"},
     [](const Files& files) {
         edit_later(files, [](Text& text) {
             text.lines[text.record].replace(0, 12, text.lines[text.record - 1].substr(0, 12));
         });
     }},
    {"fh-serial-falls",
     {"交易流水号倒退", "a serial is below the one before"},
     [](const Files& files) {
         edit_later(files, [](Text& text) { text.lines[text.record].replace(0, 12, "000000000000"); });
     }},
    {"fh-no-collection-point",
     {"采集点流水为零", "the collection-point serial is zero"},
     [](const Files& files) { put(files, "collection-point", "00000000"); }},
    {"fh-lock-flag", {"锁卡标志是2", "the lock flag is 2"}, [](const Files& files) { put(files, "lock", "2"); }},
    {"fh-lock-pays",
     {"锁卡记录带金额", "a record of a lock has an amount"},
     [](const Files& files) {
         files.edit("FH", is_lock, [](Text& text) { text.put(text.record, "amount", "00000100"); });
     }},
    {"fh-test-flag",
     {"正式文件中有测试交易", "a test transaction among live ones"},
     [](const Files& files) { put(files, "test", "1"); }},
    {"fh-card-city",
     {"卡内号与属地城市不符", "the inner number is of another city than the card"},
     [](const Files& files) { put(files, "inner-number", "4403010100000001"); }},
    {"fh-unknown-city",
     {"卡属地不在网内", "a home city that is not in the network"},
     [](const Files& files) { put(files, "home-city", "9998"); }},
    {"fh-no-psam",
     {"PSAM卡号为零", "the PSAM number is zero"},
     [](const Files& files) { put(files, "psam", "0000000000000000"); }},
    {"fh-no-terminal",
     {"PSAM终端号为零", "the terminal number is zero"},
     [](const Files& files) { put(files, "terminal", "000000000000"); }},
    {"fh-date",
     {"日期不存在", "a date that does not exist"},
     [](const Files& files) { put(files, "date-time", "20260230120000"); }},
    {"fh-future",
     {"交易在将来", "a transaction in the future"},
     [](const Files& files) { put(files, "date-time", "20991231120000"); }},
    {"fh-tac", {"TAC错误", "a wrong TAC"}, [](const Files& files) { put(files, "tac", "DEADBEEF"); }},
    {"fh-tac-of-amount",
     {"金额被改", "an amount was changed"},
     [](const Files& files) { put(files, "amount", "00000001"); }},
    {"fh-again",
     {"同一交易再次上传", "a transaction is sent again under another serial"},
     [](const Files& files) {
         add(files, [](Text& text, std::size_t last) { text.put(last, "pos-serial", "987654321"); });
     }},
    {"fh-pos-serial-again",
     {"同一POS流水两笔", "two transactions with one POS serial"},
     [](const Files& files) { add(files, [](Text& text, std::size_t last) { text.put(last, "counter", "065000"); }); }},
    {"fh-over-balance",
     {"金额大于余额", "more than the card had"},
     [](const Files& files) { put(files, "balance-before", "00000001"); }},
    {"fh-counter-gap",
     {"交易序号跳号", "a card's counter has a gap"},
     [](const Files& files) {
         edit_second(files, [](Text& text) {
             text.put(text.record, "counter", fmt::format("{:06}", std::stoi(text.get(text.record, "counter")) + 5));
         });
     }},
    {"fh-counter-copied",
     {"交易序号相同的两笔", "two transactions with one counter"},
     [](const Files& files) {
         edit_second(files, [](Text& text) { text.put(text.record, "counter", text.get(text.record - 1, "counter")); });
     }},
    {"fh-balance-lost",
     {"余额不衔接", "less balance than the transaction before has left"},
     [](const Files& files) {
         edit_second(files,
                     [](Text& text) { text.put(text.record, "balance-before", text.get(text.record, "amount")); });
     }},
    {"fh-clock-back",
     {"时间倒退", "earlier than the transaction before"},
     [](const Files& files) {
         edit_second(files, [](Text& text) { // no TAC is made over the counter
             const auto later = text.get(text.record, "counter");
             text.put(text.record, "counter", text.get(text.record - 1, "counter"));
             text.put(text.record - 1, "counter", later);
         });
     }},
};

} // namespace

std::span<const FileDeviation> upload_deviations() {
    return table;
}

std::vector<const FileDeviation*> file_deviations() {
    std::vector<const FileDeviation*> all;
    for (const auto of : {upload_deviations(), settlement_deviations()})
        for (const auto& one : of)
            all.push_back(&one);
    return all;
}

} // namespace tongka::harness
