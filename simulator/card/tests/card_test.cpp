#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

TEST_F(CardTest, TheMasterFileAndTheApplicationShowTheirFci) {
    // standards.md 3.2
    EXPECT_EQ(exchange("00A40000023F00"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(exchange("00A404000E315041592E5359532E4444463031"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(exchange("00B2010C13"), "61114F09A00000000386980701500450424F439000");
    const auto fci = exchange("00A4040009A0000000038698070100");
    EXPECT_EQ(fci.substr(0, 34), "6F2E"
                                 "8409A00000000386980701"
                                 "A521"
                                 "9F0C");
    EXPECT_EQ(fci, exchange("00A40000023F01"));
    EXPECT_EQ(part(fci, 18, 30) + "9000", exchange("00B095001E")) << "9F0C shows file 0015";
    EXPECT_EQ(exchange("00A4040009A00000000386980799"), "6A82");
    EXPECT_EQ(exchange("00A4010009A00000000386980701"), "6A86");
    EXPECT_EQ(exchange("00A4000001AA"), "6700");
}

TEST_F(CardTest, TransparentFilesAreRead) {
    const auto whole = exchange("00B0950000");
    EXPECT_EQ(whole.size(), 64U) << "30 bytes and a status word";
    EXPECT_EQ(part(whole, 12, 8), "2144000000000001") << "the ASN";
    EXPECT_EQ(exchange("00B0950C08"), "21440000000000019000");
    EXPECT_EQ(exchange("00B0000C08"), "21440000000000019000") << "the file is the current one now";
    EXPECT_EQ(exchange("00B095001F"), "6C1E");
    EXPECT_EQ(exchange("00B0951E01"), "6B00");
    EXPECT_EQ(exchange("00B09C0001"), "6A82");
    EXPECT_EQ(exchange("00B0980001"), "6981") << "0018 has records";
    select();
    EXPECT_EQ(exchange("00B0000001"), "6986");
    (void)exchange("00A40000023F00");
    EXPECT_EQ(part(exchange("00B085001E"), 8, 8), "2144000000000001") << "0005 in the MF";
}

TEST_F(CardTest, WhatNoCommandKnows) {
    EXPECT_EQ(exchange("90B0950000"), "6E00");
    EXPECT_EQ(exchange("0011000000"), "6D00");
    EXPECT_EQ(exchange("805007020B01000000010011223344550F"), "6A86");
    EXPECT_EQ(exchange("0084000005"), "6700");
    EXPECT_EQ(exchange("008400000400"), "6700");
}

TEST_F(CardTest, TheSecurityCodeIsAnsweredInAnyDirectory) {
    EXPECT_EQ(exchange("80CA000009"), "90800960A7F716C6B49000");
    (void)exchange("00A40000023F00");
    EXPECT_EQ(exchange("80CA000009"), "90800960A7F716C6B49000");
    EXPECT_EQ(exchange("80CA000008"), "6C09");
}

TEST_F(CardTest, ThePinHasThreeTries) {
    EXPECT_EQ(exchange("0020000003123456"), "9000");
    EXPECT_EQ(exchange("0020000003000000"), "63C2");
    EXPECT_EQ(exchange("0020000003123456"), "9000") << "a right PIN gives the tries back";
    EXPECT_EQ(exchange("0020000003000000"), "63C2");
    EXPECT_EQ(exchange("0020000003000000"), "63C1");
    EXPECT_EQ(exchange("0020000006123456FFFFFF"), "9000") << "trailing FF does not count";
    for (const char* answer : {"63C2", "63C1", "63C0", "6983"})
        EXPECT_EQ(exchange("0020000003000000"), answer);
    EXPECT_EQ(exchange("0020000003123456"), "6983");
}

// Also when the power goes right behind the comparison the try is gone.
TEST_F(CardTest, APowerCutDoesNotGiveATryBack) {
    const auto before = card_->memory().writes();
    EXPECT_EQ(exchange("0020000003000000"), "63C2");
    const auto writes = card_->memory().writes() - before;
    insert({});
    card_->cut_power_at(Chip::Cut{writes - 1, true});
    EXPECT_EQ(exchange("0020000003000000"), "");
    (void)card_->power_on();
    select();
    EXPECT_EQ(exchange("0020000003000000"), "63C1");
}

TEST_F(CardTest, ShowsItselfAsPcScReadersDo) {
    EXPECT_EQ(core::to_hex(card_->answer_to_reset()).substr(0, 8), "3B8B8001");
    core::Byte check = 0;
    for (core::Byte byte : card_->answer_to_reset().subspan(1))
        check ^= byte;
    EXPECT_EQ(check, 0);
    EXPECT_EQ(core::to_hex(card_->uid()), "00000001");
    card_->power_off();
    EXPECT_EQ(exchange("805C000204"), "");
}

// Every deviation of the card shows: the same steps give another answer than the right card's.
} // namespace
} // namespace tongka::simulator
