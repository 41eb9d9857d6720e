#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

using LoadTest = CardTest;

TEST_F(LoadTest, GivesTheMacsAndTheTacOfTheStandard) {
    const auto init = exchange("805000020B010000100000112233445510");
    // balance 4, online counter 2, key version, algorithm, random 4, MAC1 4
    EXPECT_EQ(init.substr(0, 24), "00000064"
                                  "0000"
                                  "01"
                                  "00"
                                  "47800CF7");
    const core::Key session_key = session("DLK", "47800CF7"
                                                 "0000"
                                                 "8000");
    EXPECT_EQ(part(init, 12, 4), mac(session_key, "00000064"
                                                  "00001000"
                                                  "02"
                                                  "001122334455"));

    const auto mac2 = mac(session_key, "00001000"
                                       "02"
                                       "001122334455"
                                       "20261122120000");
    const auto tac = mac(core::tac_key(key("DTK", 0)), "00001064"
                                                       "0000"
                                                       "00001000"
                                                       "02"
                                                       "001122334455"
                                                       "20261122120000");
    EXPECT_EQ(exchange("805200000B20261122120000" + mac2 + "04"), tac + "9000");
    EXPECT_EQ(balance(), "000010649000");
    EXPECT_EQ(exchange("00B201D417"), "0000"
                                      "000000"
                                      "00001000"
                                      "02"
                                      "001122334455"
                                      "20261122120000"
                                      "9000");
    EXPECT_EQ(exchange("805A000202000108"), mac2 + tac + "9000");
}

TEST_F(LoadTest, AWrongMac2ChangesNothing) {
    (void)exchange("805000020B010000100000112233445510");
    EXPECT_EQ(exchange("805200000B202611221200000000000004"), "9302");
    EXPECT_EQ(balance(), "000000649000");
    EXPECT_EQ(exchange("805A000202000108"), "9406");
}

TEST_F(LoadTest, WithoutInitializeIsRefused) {
    EXPECT_EQ(exchange("805200000B202611221200000000000004"), "6901");
    (void)exchange("805001020B01000000010011223344550F");
    EXPECT_EQ(exchange("805200000B202611221200000000000004"), "6901") << "a purchase is pending, not a load";
}

TEST_F(LoadTest, TheBalanceHasALimit) {
    EXPECT_EQ(load("00FFFF9B").substr(8), "9000") << "100 + 16777115 fen are just FFFFFF";
    EXPECT_EQ(balance(), "00FFFFFF9000");
    EXPECT_EQ(exchange("805000020B010000000100112233445510"), "6985");
}

TEST_F(LoadTest, RulesOfTheProfileHold) {
    ASSERT_TRUE(profile_.rules.set("load-needs-pin", "yes"));
    ASSERT_TRUE(profile_.rules.set("load-tac-counter", "after"));
    ASSERT_TRUE(profile_.rules.set("log-counter", "after"));
    insert({});
    EXPECT_EQ(exchange("805000020B010000100000112233445510"), "6982");
    EXPECT_EQ(exchange("0020000003123456"), "9000");
    const auto tac = mac(core::tac_key(key("DTK", 0)), "00001064"
                                                       "0001"
                                                       "00001000"
                                                       "02"
                                                       "001122334455"
                                                       "20261122120000");
    EXPECT_EQ(load("00001000"), tac + "9000");
    EXPECT_EQ(exchange("00B201D417").substr(0, 4), "0001");
}

} // namespace
} // namespace tongka::simulator
