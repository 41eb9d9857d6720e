#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/tlv.hpp"

namespace tongka::core {
namespace {

// The objects of standards.md 3.2.
TEST(Tlv, ReadsTheMastersFileControlInformation) {
    const auto bytes = "6F15 840E 315041592E5359532E4444463031 A503 880101"_hex;
    const auto list = parse_tlv(bytes).value();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_TRUE(equal(find(list, {0x6F, 0x84})->value, "315041592E5359532E4444463031"_hex));
    const Tlv* directory = find(list, {0x6F, 0xA5, 0x88});
    ASSERT_TRUE(directory);
    EXPECT_EQ(directory->offset, 20U);
    EXPECT_TRUE(equal(directory->value, "01"_hex));
}

TEST(Tlv, ReadsTheApplicationsWithTagsOfTwoBytes) {
    const auto bytes =
        "6F32 8409A00000000386980701 A525 9F080102 9F0C1E 000121440001FFFF0101000121440000000000012008100920281009FFFF"_hex;
    const auto list = parse_tlv(bytes).value();
    EXPECT_TRUE(equal(find(list, {0x6F, 0xA5, 0x9F08})->value, "02"_hex));
    EXPECT_EQ(find(list, {0x6F, 0xA5, 0x9F0C})->value.size(), 0x1EU);
    EXPECT_EQ(find(list, {0x6F, 0x9F0C}), nullptr);
    EXPECT_EQ(find(list, {0x6F, 0xA5, 0xBF0C}), nullptr);
    EXPECT_EQ(find(list, {}), nullptr);
}

TEST(Tlv, ReadsSeveralObjects) {
    const auto bytes = "61114F09A000000003869807015004504250434F00"_hex;
    const auto list = parse_tlv(bytes).value();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(find(list, {0x61})->children.size(), 2U);
    EXPECT_EQ(list[1].tag, 0x4FU);
    EXPECT_EQ(list[1].offset, 19U);
    EXPECT_TRUE(list[1].value.empty());
    EXPECT_TRUE(parse_tlv({}).value().empty());
}

TEST(Tlv, WritesWhatItReads) {
    for (std::size_t size : {0, 1, 127, 128, 255, 256, 65535, 65536, 70000}) {
        const Bytes value(size, 0x5A);
        for (Tag tag : {0x84U, 0x9F0CU, 0xDF8101U, 0xDF818101U}) {
            const auto written = make_tlv(tag, value);
            const auto list = parse_tlv(written);
            ASSERT_TRUE(list) << list.error().message;
            ASSERT_EQ(list->size(), 1U);
            EXPECT_EQ(list->front().tag, tag);
            EXPECT_TRUE(equal(list->front().value, value));
        }
    }
    EXPECT_EQ(make_tlv(0x6F, make_tlv(0x9F08, "02"_hex)), "6F049F080102"_hex);
    EXPECT_EQ(make_tlv(0x84, Bytes(128)).size(), 131U);
}

TEST(Tlv, TakesLengthsThatAreLongerThanNeedBe) {
    const auto bytes = "84810102 8482000102 84830000010284840000000102"_hex;
    ASSERT_TRUE(parse_tlv(bytes));
    EXPECT_EQ(parse_tlv(bytes)->size(), 4U);
}

TEST(Tlv, TellsWhereItDoesNotHold) {
    const std::pair<Bytes, std::string> wrong[] = {
        {"8405A0"_hex, "TLV at offset 0: 84 has 5 bytes, but 1 are left"},
        {"6F048405A000"_hex, "TLV at offset 2: 84 has 5 bytes, but 2 are left"},
        {"840101840200"_hex, "TLV at offset 3: 84 has 2 bytes, but 1 are left"},
        {"84"_hex, "TLV at offset 0: 84 has no length"},
        {"6F0184"_hex, "TLV at offset 2: 84 has no length"},
        {"9F"_hex, "TLV at offset 0: the tag is cut off"},
        {"DF8181810100"_hex, "TLV at offset 0: the tag is longer than 4 bytes"},
        {"8482FF"_hex, "TLV at offset 0: the length of 84 is cut off"},
        {"8480010000"_hex, "TLV at offset 0: the length of 84 begins with 80"},
        {"84850000000001"_hex, "TLV at offset 0: the length of 84 begins with 85"},
        {"8484FFFFFFFF"_hex, "TLV at offset 0: 84 has 4294967295 bytes, but 0 are left"},
        {"84010100"_hex, "TLV at offset 3: tag 00 does not exist"},
        {"FF00"_hex, "TLV at offset 0: tag FF does not exist"},
    };
    for (const auto& [bytes, message] : wrong) {
        const auto list = parse_tlv(bytes);
        ASSERT_FALSE(list) << to_hex(bytes);
        EXPECT_EQ(list.error().message, message);
    }
}

TEST(Tlv, NestsSixteenDeepAndNoDeeper) {
    Bytes nested;
    for (int depth = 0; depth < 16; ++depth)
        nested = make_tlv(0x6F, nested);
    EXPECT_TRUE(parse_tlv(nested));
    EXPECT_FALSE(parse_tlv(make_tlv(0x6F, nested)));
}

} // namespace
} // namespace tongka::core
