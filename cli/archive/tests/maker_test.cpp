#include <gtest/gtest.h>

#include "cli/archive/maker.hpp"

namespace tongka::cli {
namespace {

TEST(Maker, IsToldByTheHistoricalBytesOfACityCard) {
    // 3B 6D 00 00, chip 0085, COS 544B, memory 01, card maker 8660, serial.
    const auto whole = maker_of("3B6D00000085544B018660000000000001");
    EXPECT_EQ(whole.chip, "0085 华虹 Huahong");
    EXPECT_EQ(whole.vendor, "8660 东信和平 Eastcompeace");
    // T=1: TA1 to TD1 as announced by E, TD1 81 announces TD2 31, that TA3 and TB3.
    EXPECT_EQ(maker_of("3BED00008131FE450081544B01123400000000000199").vendor, "1234");
    EXPECT_EQ(maker_of("3BED00008131FE450081544B01123400000000000199").chip, "0081 华大 Huada");
}

TEST(Maker, OverTheAntennaOnlyTheChip) {
    const auto maker = maker_of("3B8B80012090000000000066799D2400");
    EXPECT_EQ(maker.chip, "0090 复旦微 Fudan");
    EXPECT_EQ(maker.vendor, "");
}

TEST(Maker, OtherAnswersTellNothing) {
    for (const auto* atr : {"", "3B", "3B00", "zz", "3BFF", "3B6D0000", "3BDF18FF81F1FE43003F0383", "3B8F80018031"}) {
        EXPECT_EQ(maker_of(atr).chip, "") << atr;
        EXPECT_EQ(maker_of(atr).vendor, "") << atr;
    }
}

} // namespace
} // namespace tongka::cli
