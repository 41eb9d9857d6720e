#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/centre.hpp"
#include "core/keys/component_file.hpp"
#include "core/keys/components.hpp"
#include "core/keys/parity.hpp"
#include "core/keys/tests/scratch.hpp"

namespace tongka::core::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

const Key root = key_of("0123456789ABCDEFFEDCBA9876543210"); // odd parity

KeyEntry entry(const Key& key = root) {
    auto record = record_of("DPK.01/01");
    record.algorithm = key.algorithm();
    return {record, key};
}

class Components : public Scratch {
protected:
    std::string refusal(const std::vector<Component>& parts) {
        const auto combined = combine(parts);
        EXPECT_FALSE(combined);
        return combined ? "" : combined.error().message;
    }
};

TEST_F(Components, MakeTheKeyAgainInAnyOrder) {
    for (const Byte count : {2, 3, 7}) {
        auto parts = split(entry(), count, random_);
        std::ranges::reverse(parts);
        const auto combined = combine(parts);
        ASSERT_TRUE(combined) << combined.error().message;
        EXPECT_EQ(combined->key, root);
        EXPECT_EQ(to_hex(combined->record.check_value), "08D7B4FB"); // by python3-cryptography
    }
}

TEST_F(Components, OfARootHaveOddParityThemselves) {
    for (const Byte count : {2, 3})
        for (const auto& part : split(entry(), count, random_)) {
            EXPECT_TRUE(has_odd_parity(part.value.bytes()));
            EXPECT_EQ(part.check_value, check_value(part.value));
        }
}

TEST_F(Components, OfAKeyWithoutParityKeepEveryBit) {
    for (const auto& key : {key_of("00112233445566778899AABBCCDDEEFF"), *Key::create(Algorithm::sm4, Bytes(16, 0x31))})
        EXPECT_EQ(combine(split(entry(key), 2, random_))->key, key);
}

TEST_F(Components, AllButOneTellNothing) {
    // Whatever the key is, the first parts are the random numbers alone.
    SeededRandom one(3);
    SeededRandom other(3);
    const auto a = split(entry(), 3, one);
    const auto b = split(entry(key_of("FEDCBA98765432100123456789ABCDEF")), 3, other);
    EXPECT_EQ(a[0].value, b[0].value);
    EXPECT_EQ(a[1].value, b[1].value);
}

TEST_F(Components, MissingAndDoubleOnesAreNamed) {
    const auto parts = split(entry(), 3, random_);
    EXPECT_EQ(refusal({parts[0], parts[2]}), "component 2 of 3 for DPK.01/01 is missing");
    EXPECT_EQ(refusal({parts[0], parts[1], parts[1]}), "component 2 of DPK.01/01 was given twice");
    EXPECT_EQ(refusal({}), "no component was given");
}

TEST_F(Components, WrongOnesAreNamed) {
    auto parts = split(entry(), 2, random_);
    auto foreign = split(entry(key_of("FEDCBA98765432100123456789ABCDEF")), 2, random_);
    EXPECT_THAT(refusal({parts[0], foreign[1]}), HasSubstr("component 2 of DPK.01/01 belongs to another key"));

    auto altered = parts;
    altered[1].value = foreign[1].value;
    EXPECT_THAT(refusal(altered), HasSubstr("component 2 of DPK.01/01 is not what its check value"));
    altered[1].check_value = check_value(altered[1].value);
    EXPECT_THAT(refusal(altered), HasSubstr("the components of DPK.01/01 make a key with the check value"));

    auto other_key = parts;
    other_key[1].record.name.kind = "DLK";
    EXPECT_EQ(refusal(other_key), "component 2 is of DLK.01/01, not of DPK.01/01");
    auto beyond = parts;
    beyond[1].number = 3;
    EXPECT_THAT(refusal(beyond), HasSubstr("has a number beyond 2"));
    auto recounted = parts;
    recounted[1].count = 3;
    EXPECT_THAT(refusal(recounted), HasSubstr("was not made together with component 1"));
}

TEST_F(Components, AByteOfEvenParityIsNamedAndNotShown) {
    auto parts = split(entry(), 2, random_);
    auto bytes = to_bytes(parts[1].value.bytes());
    bytes[4] ^= 1; // what a check value cannot see
    parts[1].value = *Key::create(Algorithm::triple_des, bytes);
    const auto message = refusal(parts);
    EXPECT_EQ(message, "byte 5 of component 2 of DPK.01/01 has even parity");
}

TEST_F(Components, LieInFilesOfTheirCustodians) {
    const auto keys = new_national_keys(random_, Algorithm::triple_des);
    const auto sets = split_all(KeyOwner{}, keys, 2, random_);
    std::vector<ComponentSet> back;
    for (const auto& set : sets) {
        const auto path = folder_ / ("component-" + std::to_string(set.number));
        const auto pass = pass_phrase("custodian " + std::to_string(set.number));
        ASSERT_TRUE(write_component_file(path, set, pass, random_, quick));
        EXPECT_THAT(read_component_file(path, pass_phrase("custodian")).error().message,
                    EndsWith("wrong pass phrase, or the file was altered"));
        EXPECT_THAT(FileKeyStore::open(path, pass, random_).error().message,
                    EndsWith("holds components of keys, not keys"));
        back.push_back(*read_component_file(path, pass));
    }
    const auto combined = *combine_all(back);
    ASSERT_EQ(combined.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        EXPECT_EQ(combined[i].record, keys[i].record);
        EXPECT_EQ(combined[i].key, keys[i].key);
    }
    EXPECT_EQ(combine_all({back[0]}).error().message, "component 2 of 2 is missing");
    EXPECT_EQ(combine_all({back[1], back[1]}).error().message, "component 2 was given twice");
    const auto strange = split_all(KeyOwner{}, keys, 3, random_);
    EXPECT_THAT(combine_all({back[0], strange[1]}).error().message, HasSubstr("do not belong together"));
    const auto mixed = split_all(KeyOwner{}, new_national_keys(random_, Algorithm::triple_des), 2, random_);
    EXPECT_THAT(combine_all({back[0], mixed[1]}).error().message, HasSubstr("component 2 of DTK.00/01 belongs to"));
}

} // namespace
} // namespace tongka::core::test
