#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

using PurchaseTest = CardTest;

// standards.md 5.5, byte for byte.
TEST_F(PurchaseTest, ThePublishedPurchaseReplays) {
    EXPECT_EQ(exchange("805001020B01000000010011223344550F"), "00000064"
                                                              "0006"
                                                              "000000"
                                                              "01"
                                                              "00"
                                                              "47800CF7"
                                                              "9000");
    EXPECT_EQ(exchange("805401000F0000002920081009140759FDB95F5B08"), "0402BFE1"
                                                                      "4190FFB5"
                                                                      "9000");
    EXPECT_EQ(balance(), "00000063"
                         "9000");
    EXPECT_EQ(exchange("00B201C417"), "0006"
                                      "000000"
                                      "00000001"
                                      "06"
                                      "001122334455"
                                      "20081009"
                                      "140759"
                                      "9000");
    EXPECT_EQ(exchange("805A00060200070"
                       "8"),
              "4190FFB5"
              "0402BFE1"
              "9000")
        << "the counter of INITIALIZE + 1";
}

TEST_F(PurchaseTest, AWrongMac1IsRefusedAndNothingIsDebited) {
    (void)exchange("805001020B01000000010011223344550F");
    EXPECT_EQ(exchange("805401000F0000002920081009140759FDB95F5A08"), "9302");
    EXPECT_EQ(card_->last_reason().text, "MAC1 of the PSAM is wrong");
    EXPECT_EQ(balance(), "000000649000");
    EXPECT_EQ(exchange("00B201C417"), "6A83") << "and nothing is logged";
    EXPECT_EQ(exchange("805401000F0000002920081009140759FDB95F5B08"), "6901") << "the transaction is dropped";
}

TEST_F(PurchaseTest, AnotherCommandEndsTheTransaction) {
    (void)exchange("805001020B01000000010011223344550F");
    (void)balance();
    EXPECT_EQ(exchange("805401000F0000002920081009140759FDB95F5B08"), "6901");
}

TEST_F(PurchaseTest, AResetEndsTheTransaction) {
    (void)exchange("805001020B01000000010011223344550F");
    (void)card_->reset();
    select();
    EXPECT_EQ(exchange("805401000F0000002920081009140759FDB95F5B08"), "6901");
}

TEST_F(PurchaseTest, WhatInitializeRefuses) {
    EXPECT_EQ(exchange("805001020B01000000650011223344550F"), "9401") << "one fen more than there is";
    EXPECT_EQ(exchange("805001020B09000000010011223344550F"), "9403") << "no such key";
    EXPECT_EQ(exchange("805001020B09000000650011223344550F"), "9403") << "the key is looked at first";
    EXPECT_EQ(exchange("805001010B01000000010011223344550F"), "6A82") << "no ED here";
    EXPECT_EQ(exchange("805001030B01000000010011223344550F"), "6A86");
    EXPECT_EQ(exchange("805001020A010000000100112233440F"), "6700");
    EXPECT_EQ(exchange("805001020B010000000100112233445510"), "6C0F");
    (void)exchange("00A40000023F00");
    EXPECT_EQ(exchange("805001020B01000000010011223344550F"), "6A82") << "no purse in the MF";
}

TEST_F(PurchaseTest, EndsWhereItsApplicationIsLeft) {
    ASSERT_TRUE(profile_.rules.set("interposed-command", "keeps"));
    insert({});
    (void)exchange("805001020B01000000010011223344550F");
    (void)exchange("00A40000023F00");
    EXPECT_EQ(exchange("805401000F0000002920261122120000AAAAAAAA08"), "6901") << "in the MF there is no purse";
    (void)exchange("00A4040009A00000000386980701");
    EXPECT_EQ(exchange("805401000F0000002920261122120000AAAAAAAA08"), "6901") << "and it is over";
}

TEST_F(PurchaseTest, TheWholeBalanceMayBeSpent) {
    EXPECT_EQ(pay("00000064").substr(16), "9000");
    EXPECT_EQ(balance(), "000000009000");
    EXPECT_EQ(pay("00000001"), "9401");
    EXPECT_EQ(pay("00000000").substr(16), "9000") << "an amount of 0 is paid from an empty purse";
}

TEST_F(PurchaseTest, TheCounterStopsAtItsMaximum) {
    profile_.card.ep.offline_counter = 0xFFFE;
    insert({});
    EXPECT_EQ(pay("00000001").substr(16), "9000");
    EXPECT_EQ(pay("00000001"), "9402");
}

TEST_F(PurchaseTest, TheLogKeepsTheNewestTen) {
    for (int i = 0; i < 11; ++i)
        ASSERT_EQ(pay("00000001").substr(16), "9000");
    EXPECT_EQ(exchange("00B201C417").substr(0, 4), "0010") << "the eleventh, counter 6 + 10";
    EXPECT_EQ(exchange("00B20AC417").substr(0, 4), "0007");
    EXPECT_EQ(exchange("00B20BC417"), "6A83");
}

TEST_F(PurchaseTest, APowerCutAtAnyWriteLeavesThePurseWhole) {
    const auto before = card_->memory().writes();
    ASSERT_EQ(pay("00000001").substr(16), "9000");
    const auto writes = card_->memory().writes() - before;
    ASSERT_GT(writes, 0U);
    unsigned done = 0;
    for (std::uint64_t at = 0; at < writes; ++at)
        for (const bool after : {false, true}) {
            insert({});
            card_->cut_power_at(Chip::Cut{at, after});
            EXPECT_EQ(pay("00000001"), "") << "a chip without power is silent";
            (void)card_->power_on();
            select();
            const bool paid = balance() == "000000639000";
            EXPECT_EQ(balance(), paid ? "000000639000" : "000000649000");
            EXPECT_EQ(exchange("00B201C417").substr(0, 4), paid ? "0006" : "6A83") << at;
            EXPECT_EQ(exchange("805A000602000708").size(), paid ? 20U : 4U) << at;
            EXPECT_EQ(part(exchange("805001020B01000000010011223344550F"), 4, 2), paid ? "0007" : "0006") << at;
            done += paid ? 1 : 0;
        }
    EXPECT_GT(done, 0U);
    EXPECT_LT(done, 2 * writes);
}

} // namespace
} // namespace tongka::simulator
