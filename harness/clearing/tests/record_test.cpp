#include <cstring>

#include <gmock/gmock.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/clearing/record_reader.hpp"
#include "harness/clearing/record_writer.hpp"
#include "harness/clearing/tests/scratch.hpp"

namespace tongka::harness::clearing {
namespace {

using test::layout;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Record 7 of the example in the source's field order (clauses.md A.1), put together by hand.
const std::string record = "000000000042"
                           "0600000000"
                           "00001234"
                           "00000007"
                           "2144"
                           "000000112233"
                           "0000000000000001"
                           "0"
                           "000000005"
                           "000000017"
                           "112233445566"
                           "2000"
                           "2000010100A1B2C3"
                           "000009"
                           "01"
                           "02"
                           "00010000"
                           "00000250"
                           "20261123081530"
                           "1A2B3C4D"
                           "01"
                           "0\r\n";
const std::string head = "012000\r\n"
                         "00001"
                         "21440000"
                         "0174"
                         "0"
                         "00000000\r\n";
constexpr auto name = "FH26112321440000000001";

struct Read {
    std::vector<Transaction> transactions;
    std::vector<std::string> faults;
};

Read read(const std::filesystem::path& path, const Layout& form) {
    Read all;
    std::vector<Fault> faults;
    auto reader = RecordReader::open(path, form).value();
    while (reader.read(all.transactions, keep(faults), 3).value()) {
    }
    for (const auto& fault : faults)
        all.faults.push_back(fault.message());
    return all;
}

Read read_fh(std::string_view text) {
    const test::Scratch scratch;
    return read(scratch.write(name, text), layout("FH"));
}

TEST(RecordTest, EveryFieldOfFhIsRead) {
    const auto all = read_fh(head + record);
    EXPECT_THAT(all.faults, IsEmpty());
    ASSERT_EQ(all.transactions.size(), 1U);
    const auto& one = all.transactions[0];
    EXPECT_EQ(one.line, 3U);
    EXPECT_EQ(one.serial, 42U);
    EXPECT_EQ(one.type, 0x06);
    EXPECT_EQ(one.merchant, 1234U);
    EXPECT_EQ(one.collection_point, 7U);
    EXPECT_EQ(core::to_hex(one.trading_city), "2144");
    EXPECT_EQ(core::to_hex(one.pos), "000000112233");
    EXPECT_EQ(core::to_hex(one.psam), "0000000000000001");
    EXPECT_EQ(one.lock, 0);
    EXPECT_EQ(one.pos_serial, 5U);
    EXPECT_EQ(one.terminal_serial, 17U);
    EXPECT_EQ(core::to_hex(one.terminal), "112233445566");
    EXPECT_EQ(core::to_hex(one.home_city), "2000");
    EXPECT_EQ(core::to_hex(one.asn), "2000010100A1B2C3");
    EXPECT_EQ(one.counter, 9U);
    EXPECT_EQ(one.main_type, 1);
    EXPECT_EQ(one.sub_type, 2);
    EXPECT_EQ(one.balance_before, 10000U);
    EXPECT_EQ(one.amount, 250U);
    EXPECT_EQ(core::to_hex(one.date_time), "20261123081530");
    EXPECT_EQ(core::to_hex(one.tac), "1A2B3C4D");
    EXPECT_EQ(one.card_version, 1);
    EXPECT_EQ(one.test, 0);
}

TEST(RecordTest, WhatIsWrittenIsTheSameBytes) {
    const test::Scratch scratch;
    const auto all = read_fh(head + record);
    auto writer =
        RecordWriter::create(scratch.path() / name, layout("FH"), {.date = "20261123", .city = "2144", .serial = "1"})
            .value();
    ASSERT_TRUE(writer.write(all.transactions[0]));
    EXPECT_FALSE(std::filesystem::exists(scratch.path() / name));
    ASSERT_TRUE(writer.finish());
    EXPECT_EQ(test::read_file(scratch.path() / name), head + record);
}

TEST(RecordTest, EveryLayoutGivesBackWhatItWasGiven) {
    const test::Scratch scratch;
    Transaction given;
    const auto fill = [](auto& bytes, const char* hex) {
        std::ranges::copy(core::from_hex(hex).value(), bytes.begin());
    };
    fill(given.asn, "2000010100A1B2C3");
    fill(given.psam, "0000112233445566");
    fill(given.pos, "000000112233");
    fill(given.terminal, "112233445566");
    fill(given.date_time, "20261123081530");
    fill(given.tac, "1A2B3C4D");
    fill(given.home_city, "2000");
    fill(given.trading_city, "2144");
    fill(given.settle_date, "20261124");
    given.serial = 42, given.pos_serial = 5, given.terminal_serial = 17, given.counter = 9;
    given.balance_before = 10'000, given.amount = 250, given.type = 0x06, given.card_version = 1, given.key_version = 1;
    for (const Layout& form : test::layouts()) {
        const auto path = scratch.path() / form.name;
        auto writer = RecordWriter::create(path, form, {.date = "20261123", .city = "2144"}).value();
        for (int count = 0; count < 5; ++count)
            ASSERT_TRUE(writer.write(given)) << form.name;
        ASSERT_TRUE(writer.finish()) << form.name;
        Layout anywhere = form;
        anywhere.file_name.clear();
        const auto all = read(path, anywhere);
        if (form.name == "EC") { // its text is empty here, which is no fault
            EXPECT_EQ(all.transactions.size(), 5U);
            continue;
        }
        EXPECT_THAT(all.faults, IsEmpty()) << form.name;
        ASSERT_EQ(all.transactions.size(), 5U) << form.name;
        for (const Field& field : form.record.fields) {
            if (!field.means)
                continue;
            const auto* there = reinterpret_cast<const char*>(&all.transactions[4]) + field.means->offset;
            const auto* here = reinterpret_cast<const char*>(&given) + field.means->offset;
            EXPECT_EQ(std::memcmp(there, here, field.means->size), 0) << form.name << " " << field.name;
        }
    }
}

TEST(RecordTest, BadLinesAreSetAsideAndTheOthersRead) {
    std::string text = head;
    text.replace(8, 5, "00006");
    std::string rubbish = record;
    rubbish[165] = 'G';
    std::string foreign = record;
    foreign[14] = '\xFF';
    const std::string short_line = record.substr(1);
    const std::string line_feed = record.substr(0, 172) + "\n";
    const auto all = read_fh(text + record + rubbish + short_line + line_feed + foreign + record);
    EXPECT_EQ(all.transactions.size(), 2U);
    EXPECT_EQ(all.transactions[1].line, 8U);
    EXPECT_THAT(all.faults, ElementsAre("line 4, field tac: '1A2BGC4D' is not hexadecimal",
                                        "line 5: a record has 172 characters, this one 171",
                                        "line 6: the line ends in LF alone, not in CR LF",
                                        "line 7: byte 15 of the line (FF) is not GBK"));
}

TEST(RecordTest, ACutFileGivesWhatIsWhole) {
    const std::string text = head + record + record;
    for (std::size_t size = head.size() + record.size() + 1; size < text.size(); ++size) {
        const auto all = read_fh(text.substr(0, size));
        EXPECT_EQ(all.transactions.size(), 1U) << size;
        ASSERT_EQ(all.faults.size(), 2U) << size;
        EXPECT_EQ(all.faults[0], "line 4: the file ends within a line: it was cut off");
        EXPECT_EQ(all.faults[1], "line 2, field count: 1 records are told, and 2 are there");
    }
    for (std::size_t size = 0; size < head.size(); ++size)
        EXPECT_FALSE(read_fh(text.substr(0, size)).faults.empty()) << size;
}

TEST(RecordTest, HeaderIsHeldAgainstNameAndLayout) {
    const auto changed = [&](std::size_t at, std::string_view to) {
        std::string text = head + record;
        text.replace(at, to.size(), to);
        const auto all = read_fh(text);
        EXPECT_EQ(all.transactions.size(), 1U);
        return all.faults.empty() ? std::string() : all.faults[0];
    };
    EXPECT_EQ(changed(0, "02"), "line 1, field version: is '02', and must be '01'");
    EXPECT_EQ(changed(2, "2001"), "line 1, field file-type: is '2001', and must be '2000'");
    EXPECT_EQ(changed(8, "00002"), "line 2, field count: 2 records are told, and 1 are there");
    EXPECT_EQ(changed(13, "20000000"), "line 2, field city: city 20000000, and the file's name says 21440000");
    EXPECT_EQ(changed(21, "0172"), "line 2, field record-length: records of 172, and the layout FH has 174");
    const test::Scratch scratch;
    EXPECT_THAT(read(scratch.write("upload.txt", head + record), layout("FH")).faults,
                ElementsAre("the name is not that of a file FH"));
}

TEST(RecordTest, ALineWithoutEndTakesNoMemory) {
    const std::string endless(5'000'000, '1');
    const auto all = read_fh(head + endless + "\r\n" + record);
    EXPECT_EQ(all.transactions.size(), 1U);
    EXPECT_THAT(all.faults, ElementsAre("line 3: the line has more than 65,536 characters",
                                        "line 2, field count: 1 records are told, and 2 are there"));
}

TEST(RecordTest, BinaryRecordsHaveACrc) {
    const test::Scratch scratch;
    auto writer = RecordWriter::create(scratch.path() / "a", layout("beijing-128"), {}).value();
    for (int count = 0; count < 3; ++count)
        ASSERT_TRUE(writer.write({}));
    ASSERT_TRUE(writer.finish());
    std::string text = test::read_file(scratch.path() / "a");
    ASSERT_EQ(text.size(), 384U);
    text[130] = 1;
    const auto all = read(scratch.write("b", text.substr(0, 383)), layout("beijing-128"));
    EXPECT_EQ(all.transactions.size(), 1U);
    ASSERT_EQ(all.faults.size(), 2U);
    EXPECT_THAT(all.faults[0], HasSubstr("line 2, field crc: the CRC is"));
    EXPECT_EQ(all.faults[1], "line 3: the file ends within a record: 127 bytes of 128");
}

TEST(RecordTest, SumAndEndMarkOfATail) {
    const test::Scratch scratch;
    const auto& form = layout("shanghai-FH");
    auto writer = RecordWriter::create(scratch.path() / "a", form, {}).value();
    for (std::uint32_t amount : {200U, 50U})
        ASSERT_TRUE(writer.write({.amount = amount}));
    ASSERT_TRUE(writer.finish());
    const std::string text = test::read_file(scratch.path() / "a");
    EXPECT_THAT(text, HasSubstr("***EOF***00000002000000000250\n"));
    EXPECT_THAT(read(scratch.path() / "a", form).faults, IsEmpty());
    const auto end = text.find("***EOF***");
    EXPECT_THAT(read(scratch.write("b", text.substr(0, end)), form).faults,
                ElementsAre("the file has no end mark: it was cut off"));
    std::string wrong = text;
    wrong[wrong.size() - 2] = '1';
    EXPECT_THAT(read(scratch.write("c", wrong), form).faults,
                ElementsAre("line 4, field sum: a sum of 251 is told, and it is 250"));
}

TEST(RecordTest, ValuesThatDoNotFitAreRefused) {
    const test::Scratch scratch;
    auto writer = RecordWriter::create(scratch.path() / name, layout("FH"), {}).value();
    const auto written = writer.write({.amount = 100'000'000});
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().message, HasSubstr("record 1: 'amount' has no room for its value"));
}

TEST(RecordTest, ASpreadsheetMayLeaveColumnsOutAndZerosToo) {
    const test::Scratch scratch;
    const auto all =
        read(scratch.write("a.csv", "asn,amount,date_time,colour\n2000010100A1B2C3,250,20261123081530,red\n1,2\n"),
             layout("transactions-csv"));
    EXPECT_THAT(all.faults, ElementsAre("line 1, field colour: is no column of this layout",
                                        "line 3: the line has fewer columns than the first"));
    ASSERT_EQ(all.transactions.size(), 1U);
    EXPECT_EQ(all.transactions[0].amount, 250U);
}

TEST(RecordTest, ASpreadsheetWhoseColumnsCannotBeReadIsSetAsideLineByLine) {
    const test::Scratch scratch;
    const auto all = read(scratch.write("a.csv", "asn,amount,date_time\r\n2000010100A1B2C3,250,20261123081530\n"),
                          layout("transactions-csv"));
    EXPECT_THAT(all.faults, ElementsAre("line 1: the line ends in CR LF, not in LF",
                                        "line 2: the first line of the file, which names the columns, cannot be read"));
    EXPECT_THAT(all.transactions, IsEmpty());
}

TEST(RecordReaderTest, WhatIsMoreThanAFileCanHoldIsSetAside) {
    const test::Scratch scratch;
    const auto form = load_layout(scratch.write("small.yaml", R"(layout: small
title: {zh: 小, en: small}
source: made here
confidence: inferred
kind: text
encoding: ascii
line-end: lf
file-name: "S{serial:1}"
head:
  - - {name: count, type: n, width: 1, holds: count}
record:
  - {name: amount, type: n, width: 2, means: amount}
record-length: "2"
)"));
    ASSERT_TRUE(form) << form.error().message;
    auto reader = RecordReader::open(scratch.write("S1", "9\n01\n02\n03\n04\n05\n06\n07\n08\n09\n10\n11\n"), *form);
    ASSERT_TRUE(reader);
    std::vector<Transaction> records;
    std::vector<Fault> faults;
    ASSERT_FALSE(reader->read(records, keep(faults), 100).value());
    EXPECT_EQ(records.size(), 9U);
    ASSERT_EQ(faults.size(), 3U);
    EXPECT_EQ(faults[0].message(), "line 11: a file of layout small holds 9 records at most");
    EXPECT_TRUE(faults[1].is_record);
    EXPECT_EQ(faults[2].message(), "line 1, field count: 9 records are told, and 11 are there");
}

} // namespace
} // namespace tongka::harness::clearing
