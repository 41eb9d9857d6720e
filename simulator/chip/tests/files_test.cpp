#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/chip/files.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

class FilesTest : public testing::Test {
protected:
    FilesTest() { files.create({.type = FileType::dedicated, .id = 0x3F00, .name = "315041592E"_hex}); }

    void append(FileIndex file, core::BytesView record, unsigned keep = 3) {
        Transaction transaction(memory);
        files.append_cyclic(transaction, file, record, keep);
        transaction.commit();
    }
    std::string record(FileIndex file, unsigned number) {
        const auto found = files.record(file, number);
        return found ? core::to_hex(*found) : "none";
    }

    Memory memory;
    Files files{memory};
};

TEST_F(FilesTest, AreFoundByIdShortIdAndName) {
    const auto adf = files.create({.type = FileType::dedicated, .id = 0x3F01, .name = "A000000003"_hex});
    const auto file = files.create({.parent = adf, .type = FileType::transparent, .id = 0x0015, .size = 30});
    EXPECT_EQ(files.child(master_file, 0x3F01), adf);
    EXPECT_EQ(files.child(adf, 0x0015), file);
    EXPECT_EQ(files.child(master_file, 0x0015), std::nullopt) << "it is in the ADF, not in the MF";
    EXPECT_EQ(files.child_by_short_id(adf, 0x15), file);
    EXPECT_EQ(files.named("A000000003"_hex), adf);
    EXPECT_EQ(files.named("A0000000"_hex), std::nullopt);
    EXPECT_EQ(files.content(file).size(), 30U);
}

TEST_F(FilesTest, ACyclicFileCountsFromTheNewestAndForgetsTheOldest) {
    const auto log = files.create({.type = FileType::cyclic, .id = 0x0018, .record_count = 3, .record_size = 1});
    EXPECT_EQ(record(log, 1), "none");
    append(log, "01"_hex);
    EXPECT_EQ(record(log, 1), "01");
    EXPECT_EQ(record(log, 2), "none");
    for (const auto& next : {"02"_hex, "03"_hex, "04"_hex})
        append(log, next);
    EXPECT_EQ(record(log, 1) + record(log, 2) + record(log, 3), "040302");
    EXPECT_EQ(record(log, 4), "none");
    EXPECT_EQ(record(log, 0), "none");
}

TEST_F(FilesTest, RecordsOfAVariableFileAreFoundByTheirTag) {
    const auto file = files.create({.type = FileType::linear_variable, .id = 0x0017, .size = 16});
    Transaction transaction(memory);
    transaction.write(files.at(file).body, "B802AABB09010100"_hex);
    transaction.commit();
    EXPECT_EQ(core::to_hex(*files.record_with_id(file, 0x09)), "090101");
    EXPECT_FALSE(files.record_with_id(file, 0x0A));
}

} // namespace
} // namespace tongka::simulator
