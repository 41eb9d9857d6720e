#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/chip/files.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

class FilesTest : public testing::Test {
protected:
    FilesTest() { directory(0, 0x3F00, "315041592E"_hex); }

    FileIndex directory(FileIndex parent, std::uint16_t id, core::BytesView name) {
        File file{.parent = parent, .type = FileType::dedicated, .id = id};
        file.set_name(name);
        return files.create(file).value();
    }
    FileIndex cyclic(std::uint16_t id) {
        return files.create({.type = FileType::cyclic, .id = id, .record_count = 3, .record_size = 1}).value();
    }
    RecordWrite append(FileIndex file, core::BytesView bytes, unsigned keep = 0) {
        Transaction transaction(memory);
        const auto result = append_record(transaction, files, file, bytes, keep);
        EXPECT_TRUE(transaction.commit());
        return result;
    }
    std::string at(FileIndex file, unsigned number) {
        const auto found = record(files, file, number);
        return found ? core::to_hex(*found) : "none";
    }

    Memory memory;
    Files files{memory};
};

TEST_F(FilesTest, AreFoundByIdShortIdAndName) {
    const auto adf = directory(master_file, 0x3F01, "A000000003"_hex);
    const auto file = files.create({.parent = adf, .type = FileType::transparent, .id = 0x0015, .size = 30});
    EXPECT_EQ(files.child(master_file, 0x3F01), adf);
    EXPECT_EQ(files.child(adf, 0x0015), file);
    EXPECT_EQ(files.child(master_file, 0x0015), std::nullopt) << "it is in the ADF, not in the MF";
    EXPECT_EQ(files.child_by_short_id(adf, 0x15), file);
    EXPECT_EQ(files.content(*file).size(), 30U);
}

TEST_F(FilesTest, ANameMayBeginAndGoOnInTheOrderOfMaking) {
    const auto second = directory(master_file, 0x3F02, "A00000000302"_hex);
    const auto first = directory(master_file, 0x3F01, "A00000000301"_hex);
    const auto other = directory(master_file, 0x3F03, "B000000003"_hex);
    EXPECT_EQ(files.named("A000000003"_hex), second);
    EXPECT_EQ(files.named("A000000003"_hex, second), first);
    EXPECT_EQ(files.named("A000000003"_hex, first), std::nullopt);
    EXPECT_EQ(files.named("B0"_hex), other);
    EXPECT_EQ(files.named("A0000000030101"_hex), std::nullopt) << "longer than any name";
}

TEST_F(FilesTest, TheTreeIsReadBackFromMemory) {
    const auto adf = directory(master_file, 0x3F01, "A000000003"_hex);
    File file{.parent = adf,
              .type = FileType::transparent,
              .id = 0x0015,
              .size = 3,
              .read = 0xF1,
              .write = 0xAA,
              .protection = Protection::mac,
              .key_selector = 0xFE};
    const auto made = files.create(file, "010203"_hex).value();
    Files again(memory);
    again.mount();
    ASSERT_EQ(again.count(), 3U);
    const File& read = again.at(made);
    EXPECT_EQ(core::to_hex(again.content(made)), "010203");
    EXPECT_EQ(read.parent, adf);
    EXPECT_EQ(read.read, 0xF1);
    EXPECT_EQ(read.write, 0xAA);
    EXPECT_EQ(read.protection, Protection::mac);
    EXPECT_EQ(read.write_key(), 1);
    EXPECT_EQ(again.named("A000000003"_hex), adf);
    EXPECT_EQ(again.child_by_short_id(adf, 0x15), made);
}

TEST_F(FilesTest, ErasingADirectoryGivesItsSpaceBack) {
    const auto kept = cyclic(0x0018);
    const auto end = memory.read_number(0, 4);
    const auto adf = directory(master_file, 0x3F01, "A000000003"_hex);
    const auto with_adf = memory.read_number(0, 4);
    const auto below = directory(adf, 0x3F02, "A000000004"_hex);
    (void)files.create({.parent = below, .type = FileType::transparent, .id = 0x0015, .size = 30}, "AA"_hex);
    EXPECT_TRUE(files.erase_under(adf));
    EXPECT_EQ(memory.read_number(0, 4), with_adf);
    EXPECT_FALSE(files.child(adf, 0x3F02));
    EXPECT_EQ(files.child(master_file, 0x3F01), adf) << "the directory itself stays";
    EXPECT_EQ(files.child(master_file, 0x0018), kept);
    const auto again = files.create({.parent = adf, .type = FileType::transparent, .id = 0x0016, .size = 30}).value();
    EXPECT_EQ(core::to_hex(files.content(again).first(2)), "0000") << "nothing of the old file shines through";
    EXPECT_TRUE(files.erase_under(master_file));
    EXPECT_LT(memory.read_number(0, 4), end);
    EXPECT_EQ(files.count(), 1U);
}

TEST_F(FilesTest, AMemoryHasAnEnd) {
    Memory small(128);
    Files few(small);
    ASSERT_TRUE(few.create({.type = FileType::dedicated, .id = 0x3F00}));
    EXPECT_TRUE(few.has_space_for({.type = FileType::transparent, .id = 1, .size = 50}));
    EXPECT_FALSE(few.has_space_for({.type = FileType::transparent, .id = 1, .size = 51}));
}

TEST_F(FilesTest, ACyclicFileCountsFromTheNewestAndForgetsTheOldest) {
    const auto log = cyclic(0x0018);
    EXPECT_EQ(at(log, 1), "none");
    append(log, "01"_hex);
    EXPECT_EQ(at(log, 1), "01");
    EXPECT_EQ(at(log, 2), "none");
    for (const auto& next : {"02"_hex, "03"_hex, "04"_hex})
        append(log, next);
    EXPECT_EQ(at(log, 1) + at(log, 2) + at(log, 3), "040302");
    EXPECT_EQ(at(log, 4), "none");
    EXPECT_EQ(at(log, 0), "none");
}

TEST_F(FilesTest, TwoRecordsOfOneTransactionFollowEachOther) {
    const auto log = cyclic(0x0018);
    Transaction transaction(memory);
    for (const auto& next : {"01"_hex, "02"_hex})
        EXPECT_EQ(append_record(transaction, files, log, next), RecordWrite::written);
    EXPECT_TRUE(transaction.commit());
    EXPECT_EQ(at(log, 1) + at(log, 2), "0201");
}

TEST_F(FilesTest, AFixedFileFillsUpAndItsRecordsAreWrittenOver) {
    const auto file =
        files.create({.type = FileType::linear_fixed, .id = 1, .record_count = 2, .record_size = 2}).value();
    EXPECT_EQ(at(file, 1), "none");
    EXPECT_EQ(append(file, "0101"_hex), RecordWrite::written);
    EXPECT_EQ(append(file, "0202"_hex), RecordWrite::written);
    EXPECT_EQ(append(file, "0303"_hex), RecordWrite::no_space);
    EXPECT_EQ(append(file, "04"_hex), RecordWrite::wrong_length);
    Transaction transaction(memory);
    EXPECT_EQ(update_record(transaction, files, file, 2, "9999"_hex), RecordWrite::written);
    EXPECT_EQ(update_record(transaction, files, file, 3, "9999"_hex), RecordWrite::no_record);
    EXPECT_TRUE(transaction.commit());
    EXPECT_EQ(at(file, 1) + at(file, 2), "01019999");
}

TEST_F(FilesTest, TlvRecordsAreFoundByTheirTagAndMayChangeTheirLength) {
    const auto file = files.create({.type = FileType::linear_variable, .id = 0x0017, .size = 12}).value();
    EXPECT_EQ(append(file, "B802AABB"_hex), RecordWrite::written);
    EXPECT_EQ(append(file, "090101"_hex), RecordWrite::written);
    EXPECT_EQ(append(file, "0903"_hex), RecordWrite::wrong_length) << "its length byte says 3";
    EXPECT_EQ(append(file, "0A0401020304"_hex), RecordWrite::no_space);
    EXPECT_EQ(record_with_id(files, file, 0x09, 0, false), 2U);
    EXPECT_EQ(record_with_id(files, file, 0x0A, 0, false), 0U);
    Transaction transaction(memory);
    EXPECT_EQ(put_record(transaction, files, file, "B803112233"_hex), RecordWrite::written);
    EXPECT_TRUE(transaction.commit());
    EXPECT_EQ(at(file, 1) + at(file, 2), "B803112233090101");
    Transaction shorter(memory);
    EXPECT_EQ(put_record(shorter, files, file, "B800"_hex), RecordWrite::written);
    EXPECT_TRUE(shorter.commit());
    EXPECT_EQ(at(file, 1) + at(file, 2) + at(file, 3), "B800090101none");
}

TEST_F(FilesTest, ARecordThatIsNotThereIsNotWritten) {
    const auto file = files.create({.type = FileType::linear_variable, .id = 0x0017, .size = 12}).value();
    append(file, "B802AABB"_hex);
    Transaction transaction(memory);
    EXPECT_EQ(update_record(transaction, files, file, 0, "B802CCCC"_hex), RecordWrite::no_record);
    EXPECT_EQ(update_record(transaction, files, file, 2, "B802CCCC"_hex), RecordWrite::no_record);
    EXPECT_EQ(record_with_id(files, file, 0xB8, 7, true), 1U) << "back from behind the end";
}

TEST_F(FilesTest, RecordsWithOneIdAreFoundForwardsAndBack) {
    const auto log = cyclic(0x0018);
    for (const auto& next : {"07"_hex, "08"_hex, "07"_hex})
        append(log, next);
    EXPECT_EQ(record_with_id(files, log, 0x07, 0, false), 1U);
    EXPECT_EQ(record_with_id(files, log, 0x07, 1, false), 3U);
    EXPECT_EQ(record_with_id(files, log, 0x07, 0, true), 3U);
    EXPECT_EQ(record_with_id(files, log, 0x07, 3, true), 1U);
    EXPECT_EQ(record_with_id(files, log, 0x07, 3, false), 0U);
}

} // namespace
} // namespace tongka::simulator
