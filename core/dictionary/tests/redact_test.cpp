#include <gtest/gtest.h>

#include "core/dictionary/redact.hpp"
#include "core/hex.hpp"

namespace tongka::core::dictionary {
namespace {

TEST(Redact, HidesPinsAndKeysAlone) {
    const std::pair<Bytes, std::string> examples[] = {
        {"0020000003123456"_hex, "0020000003******"},
        {"0420000003123456"_hex, "0420000003******"},
        {"805E010107123456FF654321"_hex, "805E010107**************"},
        {"805E00000A2233445566771CE6AA60"_hex, "805E00000A************1CE6AA60"},
        {"842400010C01020304050607081CE6AA60"_hex, "842400010C****************1CE6AA60"},
        {"80D4010204AABBCCDD"_hex, "80D4010204********"},
        {"84D4010204AABBCCDD"_hex, "84D4010204********"},
        {"80D0000004AABBCCDD"_hex, "80D0000004********"},
        {"00200000"_hex, "00200000"},
        {"0020000003"_hex, "0020000003"},
        {"00D0950002AABB"_hex, "00D0950002AABB"},
        {"00B095001E"_hex, "00B095001E"},
        {"805C000204"_hex, "805C000204"},
        {{}, ""},
        {"00"_hex, "00"},
    };
    for (const auto& [command, text] : examples)
        EXPECT_EQ(redact(command), text);
}

TEST(Redact, HidesMoreWhereLengthsDoNotAddUp) {
    EXPECT_EQ(redact("0020000004123456"_hex), "00200000********");
    EXPECT_EQ(redact("0020000002123456"_hex), "00200000********"); // 56 looks like an Le
    EXPECT_EQ(redact("00200000021234567890"_hex), "00200000************");
    EXPECT_EQ(redact("00200000123456"_hex), "00200000******"); // no Lc at all
    EXPECT_EQ(redact("805E0000092233445566771CE6AA00"_hex), "805E0000**********************");
    EXPECT_EQ(redact("00200000000003123456"_hex), "00200000000003******");
    EXPECT_EQ(redact("805E000003123456"_hex), "805E000003******"); // too short to end with a MAC
}

TEST(Redact, HidesTheSectorKeysAPsamGivesOut) {
    EXPECT_EQ(redact_response("80FC010110"_hex, "A0A1A2A3A4A59000"_hex), "************9000");
    EXPECT_EQ(redact_response("80FC010110"_hex, "6985"_hex), "6985");
    EXPECT_EQ(redact_response("80FC010110"_hex, {}), "");
    EXPECT_EQ(redact_response("805C000204"_hex, "000000649000"_hex), "000000649000");
}

} // namespace
} // namespace tongka::core::dictionary
