#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/centre.hpp"
#include "core/keys/generate.hpp"
#include "core/keys/key_plan.hpp"
#include "core/keys/memory_store.hpp"
#include "core/keys/parity.hpp"
#include "core/keys/rotation.hpp"
#include "core/keys/tests/scratch.hpp"

namespace tongka::core::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::array<Byte, 2> jiaxing{0x21, 0x44};
const FixedClock clock_of_test{Clock::Time(std::chrono::seconds(1767225600))}; // 2026-01-01

class Rotation : public ::testing::Test {
protected:
    Rotation() { EXPECT_TRUE(new_national_store(national_, random_, Algorithm::triple_des, clock_of_test)); }

    MemoryKeyStore export_city() {
        MemoryKeyStore store(KeyOwner{jiaxing});
        EXPECT_TRUE(add_all(store, *city_keys(national_, jiaxing)));
        return store;
    }
    static KeyState state(const KeyStore& store, std::string_view name) {
        return find_record(store, *parse_key_name(name))->state;
    }

    SeededRandom random_{7};
    MemoryKeyStore national_{KeyOwner{}};
};

TEST_F(Rotation, ANationalStoreHasEveryKindAndTwoGenerations) {
    EXPECT_EQ(national_.records().size(), 14u + 2 * 4);
    std::map<CheckValue, int> values;
    for (const auto& record : national_.records()) {
        EXPECT_EQ(record.made, "2026-01-01");
        EXPECT_TRUE(has_odd_parity(national_.release(record.name)->bytes()));
        EXPECT_EQ(++values[record.check_value], 1);
    }
    EXPECT_EQ(state(national_, "DPK.01/01"), KeyState::current);
    EXPECT_EQ(state(national_, "DUK.02/02"), KeyState::prepared);
    EXPECT_EQ(state(national_, "UK.02/01"), KeyState::current);
    EXPECT_FALSE(new_national_store(national_, random_, Algorithm::triple_des));
    MemoryKeyStore city(KeyOwner{jiaxing});
    EXPECT_FALSE(new_national_store(city, random_, Algorithm::triple_des));
    MemoryKeyStore fresh(KeyOwner{});
    EXPECT_FALSE(new_national_store(fresh, random_, Algorithm::des));
}

TEST_F(Rotation, RollsOverAndMakesTheNextGeneration) {
    const auto second = *national_.release(*parse_key_name("DPK.02/02"));
    ASSERT_TRUE(rotate(national_, random_, clock_of_test));
    const auto now = *generations(national_);
    EXPECT_EQ(now.retiring, Byte{1});
    EXPECT_EQ(now.current, 2);
    EXPECT_THAT(now.prepared, ElementsAre(3));
    EXPECT_EQ(*national_.release(*parse_key_name("DPK.02/02")), second);
    EXPECT_TRUE(national_.release(*parse_key_name("DPK.01/01"))); // cards of generation 1 still pay
    EXPECT_EQ(state(national_, "DTK.00/01"), KeyState::current);
}

TEST_F(Rotation, WaitsUntilTheOldGenerationIsRetired) {
    ASSERT_TRUE(rotate(national_, random_));
    const auto before = national_.to_bytes();
    EXPECT_THAT(rotate(national_, random_).error().message, HasSubstr("generation 1 of CN is still retiring"));
    EXPECT_EQ(national_.to_bytes(), before);
    ASSERT_TRUE(retire(national_));
    EXPECT_EQ(state(national_, "DLK.01/01"), KeyState::destroyed);
    EXPECT_THAT(retire(national_).error().message, HasSubstr("no retiring generation"));
    EXPECT_TRUE(rotate(national_, random_));
}

TEST_F(Rotation, ACityHoldsTheKeysOneLevelBelow) {
    auto city = export_city();
    EXPECT_EQ(city.records().size(), national_.records().size());
    constexpr std::array<Byte, 8> asn{0x21, 0x44, 0, 0, 0, 0, 0, 1};
    constexpr std::array<Byte, 8> factor{0x21, 0x44, 0xFF, 0, 0, 0, 0, 0};
    for (const auto& record : city.records()) {
        EXPECT_EQ(record.state, find_record(national_, record.name)->state);
        EXPECT_EQ(*city.diversify(record.name, std::span(&asn, 1)),
                  *national_.diversify(record.name, std::array{factor, asn}));
    }
    EXPECT_FALSE(city_keys(city, jiaxing));
}

TEST_F(Rotation, ACityRotatesToWhatItImported) {
    auto city = export_city();
    ASSERT_TRUE(rotate(city, random_));
    EXPECT_THAT(generations(city)->prepared, IsEmpty());
    ASSERT_TRUE(retire(city));
    EXPECT_EQ(rotate(city, random_).error().message,
              "generation 3 is not prepared at 2144: import DPK.03/03, DLK.03/03, DULK.03/03, DUK.03/03 from the "
              "centre first");
    auto early = export_city();
    EXPECT_THAT(import_prepared(city, early).error().message, HasSubstr("nothing to import"));
    ASSERT_TRUE(rotate(national_, random_));
    auto later = export_city();
    const auto names = import_prepared(city, later);
    ASSERT_TRUE(names) << names.error().message;
    EXPECT_EQ(*names, generation_names(3));
    EXPECT_TRUE(rotate(city, random_));
    EXPECT_EQ(generations(city)->current, 3);
}

TEST_F(Rotation, ACityMayImportAheadOfItsRollOver) {
    auto city = export_city();
    ASSERT_TRUE(rotate(national_, random_));
    auto later = export_city();
    ASSERT_TRUE(import_prepared(city, later));
    EXPECT_THAT(generations(city)->prepared, ElementsAre(2, 3));
    ASSERT_TRUE(rotate(city, random_));
    EXPECT_EQ(generations(city)->current, 2);
}

TEST_F(Rotation, ACityThatSleptCatchesUp) {
    MemoryKeyStore city(KeyOwner{jiaxing});
    auto keys = *city_keys(national_, jiaxing);
    std::erase_if(keys,
                  [](const auto& entry) { return entry.record.name.index == 2 && entry.record.name.version == 2; });
    ASSERT_TRUE(add_all(city, keys));
    ASSERT_TRUE(rotate(national_, random_));
    ASSERT_TRUE(retire(national_));
    ASSERT_TRUE(rotate(national_, random_));
    auto while_retiring = export_city();
    ASSERT_TRUE(import_prepared(city, while_retiring));
    EXPECT_THAT(generations(city)->prepared, ElementsAre(2, 3, 4));
    ASSERT_TRUE(rotate(city, random_));
    EXPECT_EQ(generations(city)->current, 2);
}

TEST_F(Rotation, AGenerationThatIsGoneIsPassedOver) {
    auto city = export_city();
    for (const auto& name : generation_names(2))
        ASSERT_TRUE(city.set_state(name, KeyState::destroyed));
    ASSERT_TRUE(rotate(national_, random_));
    auto later = export_city();
    ASSERT_TRUE(import_prepared(city, later));
    ASSERT_TRUE(rotate(city, random_));
    EXPECT_EQ(generations(city)->current, 3);
}

TEST_F(Rotation, ImportRefusesKeysOfAnotherRootOrCity) {
    auto city = export_city();
    MemoryKeyStore other(KeyOwner{{{0x10, 0x00}}});
    EXPECT_THAT(import_prepared(city, other).error().message,
                HasSubstr("keys of 1000 cannot be added to those of 2144"));

    MemoryKeyStore foreign_root(KeyOwner{});
    ASSERT_TRUE(new_national_store(foreign_root, random_, Algorithm::triple_des));
    MemoryKeyStore foreign(KeyOwner{jiaxing});
    ASSERT_TRUE(add_all(foreign, *city_keys(foreign_root, jiaxing)));
    const auto before = city.to_bytes();
    EXPECT_THAT(import_prepared(city, foreign).error().message, HasSubstr("key DTK.00/01 of 2144 has the check value"));
    EXPECT_EQ(city.to_bytes(), before);
}

TEST_F(Rotation, AGenerationThatIsNotWholeIsNamed) {
    ASSERT_TRUE(national_.set_state(*parse_key_name("DLK.02/02"), KeyState::destroyed));
    EXPECT_EQ(rotate(national_, random_).error().message,
              "generation 2 of CN is not whole: DLK.02/02 is destroyed, not prepared");
}

TEST(FromOutside, AKeyIsPartOfALaterGeneration) {
    SystemRandom random;
    MemoryKeyStore store{KeyOwner{}};
    ASSERT_TRUE(new_national_store(store, random, Algorithm::triple_des));
    const auto refusal = [&](std::string_view name) {
        const auto added = add_from_outside(store, test::record_of(name), generate_key(random, Algorithm::triple_des));
        return added ? std::string() : added.error().message;
    };
    EXPECT_NE(refusal("DPK.03/01").find("such as DPK.02/02"), std::string::npos) << refusal("DPK.03/01");
    EXPECT_NE(refusal("DPK.00/00").find("generation 1 is current"), std::string::npos);
    EXPECT_EQ(refusal("DPK.01/01"), "key DPK.01/01 of CN is here already");

    // Until its generation is whole there is no roll-over; then there is one to it, and the centre makes no other.
    EXPECT_EQ(refusal("DPK.03/03"), "");
    EXPECT_EQ(find_record(store, {"DPK", 3, 3})->state, KeyState::prepared);
    EXPECT_NE(rotate(store, random).error().message.find("generation 3 of CN is not whole"), std::string::npos);
    for (const auto* name : {"DLK.03/03", "DULK.03/03", "DUK.03/03"})
        EXPECT_EQ(refusal(name), "");
    const auto from_outside = find_record(store, {"DPK", 3, 3})->check_value;
    ASSERT_TRUE(rotate(store, random));
    ASSERT_TRUE(retire(store));
    ASSERT_TRUE(rotate(store, random));
    EXPECT_EQ(generations(store)->current, 3);
    EXPECT_EQ(find_record(store, {"DPK", 3, 3})->check_value, from_outside);
    EXPECT_EQ(generations(store)->prepared, std::vector<Byte>{4});
}

TEST(FromOutside, WeakKeysAreRefused) {
    SystemRandom random;
    MemoryKeyStore store{KeyOwner{}};
    ASSERT_TRUE(new_national_store(store, random, Algorithm::triple_des));
    for (const auto* weak : {"0101010101010101FEDCBA9876543210", "0123456789ABCDEF0123456789ABCDEF",
                             "0123456789ABCDEF01FE01FE01FE01FE", "00000000000000000123456789ABCDEF"}) {
        const auto added = add_from_outside(store, test::record_of("DPK.03/03"), test::key_of(weak));
        ASSERT_FALSE(added);
        EXPECT_EQ(added.error().message, "key DPK.03/03 of CN is weak, or its halves are the same");
    }
}

} // namespace
} // namespace tongka::core::test
