#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/memory_store.hpp"
#include "core/keys/tests/scratch.hpp"

namespace tongka::core::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Key master = key_of("00112233445566778899AABBCCDDEEFF");
constexpr std::array<Byte, 8> city{0x21, 0x44, 0xFF, 0, 0, 0, 0, 0};
constexpr std::array<Byte, 8> asn{0x21, 0x44, 0, 0, 0, 0, 0, 1};

MemoryKeyStore with_master() {
    MemoryKeyStore store(KeyOwner{});
    EXPECT_TRUE(store.add(record_of("DPK.01/01"), master));
    return store;
}

TEST(KeyName, HasOneTextForm) {
    EXPECT_EQ(to_text(KeyName{.kind = "DPK", .index = 0x0A, .version = 0x1F}), "DPK.0A/1F");
    EXPECT_EQ(*parse_key_name("DPK.0A/1F"), (KeyName{"DPK", 0x0A, 0x1F}));
    EXPECT_EQ(*parse_key_name("DTK"), (KeyName{"DTK", 0x00, 0x01}));
    EXPECT_EQ(parse_key_name("DKP.01").error().message, "there is no key kind 'DKP': did you mean 'DPK'?");
    EXPECT_FALSE(parse_key_name("DPK.1/01"));
    EXPECT_FALSE(parse_key_name("DPK.01/"));
}

TEST(KeyOwner, IsTheCentreOrACity) {
    EXPECT_EQ(to_text(*parse_key_owner("CN")), "CN");
    EXPECT_EQ(to_text(*parse_key_owner("2144")), "2144");
    for (const auto* wrong : {"", "cn", "214", "21444", "21A4", "２１４"})
        EXPECT_FALSE(parse_key_owner(wrong)) << wrong;
}

TEST(CheckValue, IsTheLeftOfAnEncipheredZeroBlock) {
    EXPECT_EQ(to_hex(check_value(master)), "FB097599"); // by python3-cryptography
    // FIPS 46: the weak key of ones and zeros; NIST SP 800-17.
    EXPECT_EQ(to_hex(check_value(*Key::create(Algorithm::des, "0101010101010101"_hex))), "8CA64DE9");
}

TEST(MemoryKeyStore, DiversifiesByLevels) {
    auto store = with_master();
    // standards.md 5.5
    EXPECT_EQ(*store.diversify(*parse_key_name("DPK.01"), std::span(&city, 1)),
              key_of("7068764BCAC709174A49A77692966F65"));
    EXPECT_EQ(*store.diversify(*parse_key_name("DPK.01"), std::array{city, asn}),
              key_of("501EA976E900F47BF22A9B01364896D7"));
    EXPECT_FALSE(store.diversify(*parse_key_name("DPK.01"), {}));
    EXPECT_EQ(store.diversify(*parse_key_name("DPK.02"), std::span(&city, 1)).error().message,
              "the keys of CN have no DPK.02/01");
}

TEST(MemoryKeyStore, HoldsCheckValuesToTheirKeys) {
    auto store = with_master();
    EXPECT_EQ(to_hex(store.records().front().check_value), "FB097599");
    auto wrong = record_of("DLK.01/01");
    wrong.check_value = {1, 2, 3, 4};
    const auto refused = store.add(wrong, master).error().message;
    EXPECT_EQ(refused, "key DLK.01/01 of CN has the check value FB097599, not 01020304");
    EXPECT_THAT(refused, Not(HasSubstr("0011223344")));
    EXPECT_EQ(store.records().size(), 1u);
}

TEST(MemoryKeyStore, TakesANameOnce) {
    auto store = with_master();
    EXPECT_THAT(store.add(record_of("DPK.01/01"), master).error().message, HasSubstr("is here already"));
    ASSERT_TRUE(store.set_state(*parse_key_name("DPK.01"), KeyState::destroyed));
    EXPECT_THAT(store.add(record_of("DPK.01/01"), master).error().message, HasSubstr("is here already"));
}

TEST(MemoryKeyStore, RefusesAKeyOfAnotherAlgorithm) {
    auto store = with_master();
    auto record = record_of("DLK.01/01");
    record.algorithm = Algorithm::sm4;
    EXPECT_THAT(store.add(record, master).error().message, HasSubstr("recorded as sm4, but is a key for 3des"));
}

TEST(MemoryKeyStore, StatesGoForwardsAlone) {
    auto store = with_master();
    const auto name = *parse_key_name("DPK.01");
    EXPECT_FALSE(store.set_state(name, KeyState::prepared));
    EXPECT_FALSE(store.set_state(name, KeyState::current));
    EXPECT_TRUE(store.set_state(name, KeyState::retiring));
    EXPECT_TRUE(store.release(name));
    EXPECT_TRUE(store.set_state(name, KeyState::destroyed));
    EXPECT_THAT(store.release(name).error().message, HasSubstr("was destroyed"));
    EXPECT_FALSE(store.set_state(name, KeyState::destroyed));
    EXPECT_EQ(store.records().size(), 1u);
}

TEST(MemoryKeyStore, ChangesTogetherAreAllOrNone) {
    auto store = with_master();
    const auto before = store.to_bytes();
    const auto failed = store.together([&]() -> Result<void> {
        TONGKA_CHECK(store.set_state(*parse_key_name("DPK.01"), KeyState::destroyed));
        return store.set_state(*parse_key_name("DLK.01"), KeyState::destroyed);
    });
    EXPECT_FALSE(failed);
    EXPECT_EQ(store.to_bytes(), before);
}

TEST(MemoryKeyStore, ComesBackFromItsBytes) {
    auto store = with_master();
    ASSERT_TRUE(store.add(record_of("DLK.01/01", KeyState::retiring), key_of("0123456789ABCDEFFEDCBA9876543210")));
    ASSERT_TRUE(store.set_state(*parse_key_name("DLK.01"), KeyState::destroyed));
    const auto bytes = store.to_bytes();
    auto back = *MemoryKeyStore::from_bytes(bytes);
    EXPECT_EQ(back.records(), store.records());
    EXPECT_EQ(*back.release(*parse_key_name("DPK.01")), master);
    EXPECT_EQ(back.to_bytes(), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(MemoryKeyStore::from_bytes(BytesView(bytes).first(size))) << size;
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_FALSE(MemoryKeyStore::from_bytes(longer));
}

TEST(MemoryKeyStore, DestructionLeavesNoByteOfTheKey) {
    auto store = with_master();
    ASSERT_TRUE(store.set_state(*parse_key_name("DPK.01"), KeyState::destroyed));
    const auto bytes = store.to_bytes();
    EXPECT_FALSE(contains(bytes, master.bytes().first(4)));
}

} // namespace
} // namespace tongka::core::test
