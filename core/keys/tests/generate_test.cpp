#include <gtest/gtest.h>

#include "core/keys/generate.hpp"
#include "core/keys/parity.hpp"
#include "core/keys/tests/scratch.hpp"

namespace tongka::core::test {
namespace {

TEST(Parity, NamesTheFirstEvenByte) {
    EXPECT_EQ(even_byte("0102040810204080"_hex), std::nullopt);
    EXPECT_EQ(even_byte("0102040811204081"_hex), 5u);
    EXPECT_EQ(check_parity(key_of("01020408112040800102040810204080"), "the key").error().message,
              "byte 5 of the key has even parity");
    EXPECT_TRUE(check_parity(*Key::create(Algorithm::sm4, Bytes(16)), "the key"));
}

TEST(Parity, IsSetInTheLowestBit) {
    auto bytes = "0001FFFE80"_hex;
    set_odd_parity(bytes);
    EXPECT_EQ(bytes, "0101FEFE80"_hex);
}

TEST(Generate, KnowsTheWeakKeysWhateverTheirParity) {
    // Enciphering twice under a weak key gives the text again; under a pair of semi-weak ones, one undoes the other.
    const auto des = [](std::string_view hex) { return *Key::create(Algorithm::des, *from_hex(hex)); };
    for (const auto* hex : {"0101010101010101", "0000000000000000", "1F1F1F1F0E0E0E0E", "E0E0E0E0F1F1F1F1",
                            "FFFFFFFFFFFFFFFF", "011F011F010E010E", "1FFE1FFE0EFE0EFE", "FEE0FEE0FEF1FEF1"})
        EXPECT_TRUE(is_weak(des(hex))) << hex;
    EXPECT_FALSE(is_weak(des("0123456789ABCDEF")));
    EXPECT_TRUE(is_weak(key_of("01010101010101010123456789ABCDEF")));
    EXPECT_TRUE(is_weak(key_of("0123456789ABCDEF0101010101010101")));
    EXPECT_TRUE(is_weak(key_of("0123456789ABCDEF0022446688AACCEE"))); // the halves differ in parity alone
    EXPECT_FALSE(is_weak(key_of("0123456789ABCDEFFEDCBA9876543210")));
    EXPECT_FALSE(is_weak(*Key::create(Algorithm::sm4, Bytes(16))));
}

TEST(Generate, DrawsAgainInsteadOfAWeakKey) {
    ScriptedRandom random({"00000000000000000123456789ABCDEF"_hex, "0123456789ABCDEF0123456789ABCDEF"_hex,
                           "0123456789ABCDEFFEDCBA9876543211"_hex},
                          std::make_unique<SystemRandom>());
    EXPECT_EQ(generate_key(random, Algorithm::triple_des), key_of("0123456789ABCDEFFEDCBA9876543210"));
}

TEST(Generate, GivesDesKeysOddParityAndTakesSm4KeysAsTheyAre) {
    SeededRandom random(1);
    for (int i = 0; i < 50; ++i)
        EXPECT_TRUE(has_odd_parity(generate_key(random, Algorithm::triple_des).bytes()));
    ScriptedRandom scripted({Bytes(16)}, std::make_unique<SystemRandom>());
    EXPECT_EQ(generate_key(scripted, Algorithm::sm4), *Key::create(Algorithm::sm4, Bytes(16)));
}

} // namespace
} // namespace tongka::core::test
