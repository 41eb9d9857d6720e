#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/chip/memory.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

struct Cells {
    Memory memory;
    Address a = 0;
    Address b = 2;

    Cells() {
        Transaction transaction(memory);
        transaction.write(a, "00000000"_hex);
        EXPECT_TRUE(transaction.commit());
    }

    void change() {
        Transaction transaction(memory);
        transaction.write(a, "1111"_hex);
        transaction.write(b, "2222"_hex);
        (void)transaction.commit();
    }
    std::string content() const { return core::to_hex(memory.read(a, 4)); }
};

TEST(Memory, ATransactionHappensAtItsCommit) {
    Cells cells;
    {
        Transaction transaction(cells.memory);
        transaction.write(cells.a, "1111"_hex);
        EXPECT_EQ(cells.content(), "00000000");
    }
    EXPECT_EQ(cells.content(), "00000000") << "no commit, no change";
    cells.change();
    EXPECT_EQ(cells.content(), "11112222");
}

TEST(Memory, APowerCutAtAnyWriteLeavesTheOldStateOrTheNew) {
    Cells whole;
    const auto before = whole.memory.writes();
    whole.change();
    const auto writes = whole.memory.writes() - before;
    ASSERT_EQ(writes, 6U) << "two to the journal, its mark, two to the cells, the mark taken away";

    unsigned old_states = 0;
    for (std::uint64_t at = 0; at < writes; ++at)
        for (const bool after : {false, true}) {
            Cells cells;
            cells.memory.cut_power_at(Chip::Cut{at, after});
            cells.change();
            EXPECT_FALSE(cells.memory.powered());
            EXPECT_TRUE(cells.memory.power_up()) << "what was read before may be stale";
            const bool journal_stood = at > 2 || (at == 2 && after);
            EXPECT_EQ(cells.content(), journal_stood ? "11112222" : "00000000") << at << (after ? " after" : " before");
            old_states += journal_stood ? 0 : 1;
            cells.change();
            EXPECT_EQ(cells.content(), "11112222") << "and it goes on working";
        }
    EXPECT_EQ(old_states, 5U);
}

TEST(Memory, ACutWhileAJournalIsFinishedIsToldToo) {
    Cells cells;
    cells.memory.cut_power_at(Chip::Cut{3, true}); // the first of two cells is written
    cells.change();
    cells.memory.cut_power_at(Chip::Cut{0, true});
    EXPECT_TRUE(cells.memory.power_up());
    EXPECT_FALSE(cells.memory.powered());
    EXPECT_TRUE(cells.memory.power_up()) << "what was read after the first power-up may be stale";
    EXPECT_EQ(cells.content(), "11112222");
    EXPECT_FALSE(cells.memory.power_up());
}

TEST(Memory, WithoutPowerNothingIsWritten) {
    Cells cells;
    cells.memory.power_off();
    cells.change();
    cells.memory.power_up();
    EXPECT_EQ(cells.content(), "00000000");
}

TEST(Memory, ACutThatIsTakenBackDoesNotCome) {
    Cells cells;
    cells.memory.cut_power_at(Chip::Cut{0, false});
    cells.memory.cut_power_at(std::nullopt);
    cells.change();
    EXPECT_TRUE(cells.memory.powered());
    EXPECT_EQ(cells.content(), "11112222");
}

TEST(Memory, ATransactionReadsWhatItWillWrite) {
    Cells cells;
    Transaction transaction(cells.memory);
    transaction.write(cells.a + 1, "AABB"_hex);
    transaction.write(cells.b, "CC"_hex);
    EXPECT_EQ(core::to_hex(transaction.read(cells.a, 4)), "00AACC00");
    EXPECT_EQ(core::to_hex(transaction.read(cells.b, 2)), "CC00");
    EXPECT_EQ(cells.content(), "00000000");
}

TEST(Memory, ItsKeeperSeesEachCommitAndCanRefuseIt) {
    Cells cells;
    core::Bytes kept;
    bool takes = true;
    cells.memory.keep_with([&](core::BytesView image) {
        if (takes)
            kept = core::to_bytes(image);
        return takes;
    });
    cells.change();
    EXPECT_EQ(core::to_hex(kept), "11112222");
    takes = false;
    Transaction transaction(cells.memory);
    transaction.write(cells.a, "9999"_hex);
    EXPECT_FALSE(transaction.commit());
    EXPECT_EQ(cells.content(), "11112222") << "what cannot be kept does not happen";
}

TEST(Memory, WhatIsKeptAtACutIsWhatPowerUpFinds) {
    for (std::uint64_t at = 0; at < 6; ++at) {
        Cells cells;
        core::Bytes kept = cells.memory.image();
        cells.memory.keep_with([&](core::BytesView image) {
            kept = core::to_bytes(image);
            return true;
        });
        cells.memory.cut_power_at(Chip::Cut{at, true});
        cells.change();
        (void)cells.memory.power_up();
        EXPECT_EQ(core::to_hex(kept), cells.content()) << at;
    }
}

} // namespace
} // namespace tongka::simulator
