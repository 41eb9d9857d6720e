#include <gtest/gtest.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"

namespace tongka::core {
namespace {

using namespace std::chrono_literals;

TEST(Bcd, NumbersGoBothWays) {
    EXPECT_EQ(read_bcd("00123456"_hex), 123456U);
    EXPECT_EQ(to_bcd(123456, 4).value(), "00123456"_hex);
    EXPECT_EQ(read_bcd("999999999999999999"_hex), 999999999999999999U);
    EXPECT_EQ(read_bcd({}), 0U);
    EXPECT_EQ(to_bcd(0, 0).value(), Bytes{});
}

TEST(Bcd, RefusesOtherDigitsAndTooMany) {
    EXPECT_TRUE(is_bcd("0123456789"_hex));
    for (const auto& wrong : {"0A"_hex, "A0"_hex, "12345F"_hex})
        EXPECT_FALSE(read_bcd(wrong)) << to_hex(wrong);
    EXPECT_FALSE(read_bcd(Bytes(10)));
    EXPECT_FALSE(to_bcd(100, 1));
    EXPECT_FALSE(to_bcd(1, 0));
    EXPECT_EQ(to_bcd(99, 1).value(), "99"_hex);
}

TEST(BcdDate, IsOneThatExists) {
    EXPECT_EQ(read_bcd_date("20081009"_hex), 2008y / 10 / 9);
    EXPECT_TRUE(read_bcd_date("20240229"_hex));
    for (const auto& wrong : {"20230229"_hex, "20231301"_hex, "20230100"_hex, "20230431"_hex, "FFFFFFFF"_hex,
                              "00000000"_hex, "081009"_hex, "0020081009"_hex})
        EXPECT_FALSE(read_bcd_date(wrong)) << to_hex(wrong);
}

TEST(BcdTime, IsOneOfADay) {
    EXPECT_EQ(read_bcd_time("140759"_hex), 14h + 7min + 59s);
    EXPECT_EQ(read_bcd_time("000000"_hex), 0s);
    EXPECT_EQ(read_bcd_time("235959"_hex), 24h - 1s);
    for (const auto& wrong : {"240000"_hex, "236000"_hex, "235960"_hex, "FFFFFF"_hex, "1407"_hex, "00140759"_hex})
        EXPECT_FALSE(read_bcd_time(wrong)) << to_hex(wrong);
}

TEST(BcdDate, WritesAMoment) {
    const auto bcd = to_bcd(std::chrono::sys_days(2008y / 10 / 9) + 14h + 7min + 59s);
    EXPECT_TRUE(equal(bcd.date, "20081009"_hex));
    EXPECT_TRUE(equal(bcd.time, "140759"_hex));
    EXPECT_THROW((void)to_bcd(std::chrono::sys_days(10000y / 1 / 1)), std::out_of_range);
}

} // namespace
} // namespace tongka::core
