#include "simulator/key_cards/key_load.hpp"
#include "simulator/key_cards/tests/key_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using KeyLoad = KeyCardsOfBothAlgorithms;

TEST_P(KeyLoad, IsReadBackWholeOrNotAtAll) {
    const auto& keys = made().keys;
    const auto bytes = key_load(keys);
    const auto read = read_key_load(bytes);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        EXPECT_EQ((*read)[i].record, keys[i].record);
        EXPECT_EQ((*read)[i].key, keys[i].key);
    }
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_FALSE(read_key_load(core::BytesView(bytes).first(size))) << size;
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_FALSE(read_key_load(longer));
}

TEST_P(KeyLoad, AKeyThatIsNotItsRecordsIsNamed) {
    auto bytes = key_load({made().keys[2]});
    bytes.back() ^= 2; // the lowest bit is parity under 3DES
    EXPECT_EQ(read_key_load(bytes).error().message,
              "key " + core::to_text(made().keys[2].record.name) + ": the check value is not the key's");
}

INSTANTIATE_TEST_SUITE_P(All, KeyLoad, testing::Values(core::Algorithm::triple_des, core::Algorithm::sm4),
                         algorithm_name);

} // namespace
} // namespace tongka::simulator
