#include "simulator/psam/tests/psam_fixture.hpp"

namespace tongka::simulator {
namespace {

using by_hand::HandKey;

/// CALCULATE KEY in both forms (standards.md 4.3, clauses.md J.7); the computation is the reading of
/// docs/decisions/0008-sams.md.
class MifareKeyTest : public PsamCommandTest {
protected:
    MifareKeyTest() { done("00A40000021003"); }

    const std::string chip = "A1B2C3D40102"; // UID 4, issuing serial 2
    const HandKey card = by_hand::diversified(sam_keys::mifare, {city, chip + "0000"});
    const std::string head = "2144" + chip + by_hand::mac(card, "2144" + chip);

    std::string sector_key(const std::string& sector) const {
        return by_hand::enciphered(card, chip + sector + "00").substr(0, 12);
    }
    std::string calculate(const std::string& data, const char* id = "01") {
        return send("80FC01" + std::string(id) + with_length(data));
    }
};

TEST_F(MifareKeyTest, OneKeyForEachSectorOfTheList) {
    EXPECT_EQ(calculate(head + "020307"), sector_key("02") + sector_key("03") + sector_key("07") + "9000");
    EXPECT_EQ(calculate(head + "0F"), sector_key("0F") + "9000");
    EXPECT_EQ(calculate(head), "6700") << "no sector";
    EXPECT_EQ(calculate(head + std::string(34, '0')), "6700") << "17 sectors";
}

TEST_F(MifareKeyTest, OneKeyForSixteenBytes) {
    ASSERT_TRUE(profile_.rules.set("m1-key-form", "single"));
    insert_psam();
    done("00A40000021003");
    EXPECT_EQ(calculate(head + "03000000"), sector_key("03") + "9000");
    EXPECT_EQ(calculate(head + "020307"), "6700");
}

TEST_F(MifareKeyTest, TheAuthenticationCodeIsOfThisCard) {
    auto other = head;
    other[4] = '0';
    EXPECT_EQ(calculate(other + "02"), "6300");
    EXPECT_EQ(calculate(spoilt(head) + "02"), "6300");
    EXPECT_EQ(calculate("2145" + head.substr(4) + "02"), "6300") << "of another city";
    EXPECT_EQ(calculate(head + "02", "07"), "6A88");
    done(select_application);
    EXPECT_EQ(calculate(head + "02"), "6A88") << "its key stands in 1003";
}

} // namespace
} // namespace tongka::simulator
