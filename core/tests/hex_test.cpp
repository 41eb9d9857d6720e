#include <gtest/gtest.h>

#include "core/hex.hpp"

namespace tongka::core {
namespace {

TEST(Hex, WritesUpperCaseWithoutSpaces) {
    EXPECT_EQ(to_hex(Bytes{0x3F, 0x00, 0xab}), "3F00AB");
}

TEST(Hex, ReadsEitherCaseAndBlanksBetweenBytes) {
    EXPECT_EQ(from_hex("3f 00\tAb").value(), (Bytes{0x3F, 0x00, 0xAB}));
}

TEST(Hex, HalfAByteIsRefusedWithItsColumn) {
    EXPECT_EQ(from_hex("3F0").error().message, "half a byte at column 3: hexadecimal digits come in pairs");
    EXPECT_EQ(from_hex("3 F0").error().message, "half a byte at column 1: hexadecimal digits come in pairs");
}

TEST(Hex, OtherCharactersAreRefusedWithTheirColumn) {
    EXPECT_EQ(from_hex("3F0G").error().message, "half a byte at column 3: hexadecimal digits come in pairs");
    EXPECT_EQ(from_hex("3FX0").error().message, "'X' at column 3 is not a hexadecimal digit");
}

TEST(Hex, AWrongLengthNamesTheValue) {
    EXPECT_EQ(from_hex("3F00", 4, "asn").error().message, "asn must be 4 bytes, not 2");
}

} // namespace
} // namespace tongka::core
