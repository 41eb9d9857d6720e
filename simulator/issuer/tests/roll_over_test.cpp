#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/keys/rotation.hpp"
#include "simulator/issuer/tests/two_cities.hpp"

namespace tongka::simulator {
namespace {

/// A national root makes two cities. Their cards pay at each other's PSAMs before, during and after a change of the
/// key generation (standards.md 6; docs/keys.md).
class RollOverTest : public testing::TestWithParam<core::Algorithm> {
protected:
    RollOverTest() {
        EXPECT_TRUE(core::new_national_store(national_, random_, GetParam()));
        for (auto* city : {&changchun_, &xian_})
            EXPECT_TRUE(core::add_all(*city, core::city_keys(national_, *city->owner().city).value()));
    }

    /// The generation that the centre has prepared since goes to the city.
    void hand_down(core::KeyStore& city) {
        core::MemoryKeyStore given(city.owner());
        ASSERT_TRUE(core::add_all(given, core::city_keys(national_, *city.owner().city).value()));
        ASSERT_TRUE(core::import_prepared(city, given));
    }

    void issue(unsigned number) {
        const std::string n = std::to_string(number);
        cards_.push_back(issue_card(changchun_, "2144", number, "Changchun card " + n));
        cards_.push_back(issue_card(xian_, "7100", number, "Xi'an card " + n));
        psams_.push_back(issue_psam(national_, "2144", number, "Changchun PSAM " + n));
        psams_.push_back(issue_psam(national_, "7100", number, "Xi'an PSAM " + n));
    }

    /// The TAC as the card's city checks it.
    bool tac_is_right(const PurchaseRecord& record, core::KeyStore& city) {
        const core::Key dtk = city.diversify({"DTK", 0, 1}, {&record.asn, 1}).value();
        const auto tac =
            core::transaction_mac(core::tac_key(dtk), {core::big_endian(record.amount, 4), core::Bytes{record.type},
                                                       record.terminal, record.terminal_serial, record.date_time});
        return core::mac_equals(tac, record.tac);
    }

    void everyCardPaysAtEveryPsam(const std::string& when) {
        SCOPED_TRACE(when);
        for (auto& card : cards_)
            for (auto& psam : psams_) {
                const auto record = pay(card, psam);
                ASSERT_TRUE(record) << card.name << " at " << psam.name << ": " << record.error().message;
                core::KeyStore& home = record->city[0] == 0x21 ? changchun_ : xian_;
                EXPECT_TRUE(tac_is_right(*record, home)) << card.name << " at " << psam.name;
            }
    }

    void renew(IssuedPsam& issued, std::vector<core::Byte> retired = {}) {
        const auto city = core::from_hex(issued.name.starts_with("Changchun") ? "2144" : "7100").value();
        ASSERT_TRUE(give_psam_keys(issued.profile, national_, std::span<const core::Byte, 2>(city.data(), 2)));
        (void)issued.psam->reset();
        const auto renewed = renew_psam(transmit_to(*issued.psam), issued.profile, retired, random_);
        ASSERT_TRUE(renewed) << renewed.error().message;
    }

    core::SeededRandom random_{7};
    core::MemoryKeyStore national_{core::KeyOwner{}};
    core::MemoryKeyStore changchun_{core::KeyOwner{std::array<core::Byte, 2>{0x21, 0x44}}};
    core::MemoryKeyStore xian_{core::KeyOwner{std::array<core::Byte, 2>{0x71, 0x00}}};
    std::vector<IssuedCard> cards_;
    std::vector<IssuedPsam> psams_;
};

TEST_P(RollOverTest, NoCardStopsToWork) {
    issue(1);
    everyCardPaysAtEveryPsam("before");

    ASSERT_TRUE(core::rotate(national_, random_));
    for (auto* city : {&changchun_, &xian_}) {
        hand_down(*city);
        ASSERT_TRUE(core::rotate(*city, random_));
    }
    everyCardPaysAtEveryPsam("during: the centre has changed, nobody else");
    issue(2);
    everyCardPaysAtEveryPsam("during: old and new cards and PSAMs side by side");
    EXPECT_EQ(pay(cards_[0], psams_[0])->key_index, 1);
    EXPECT_EQ(pay(cards_[0], psams_[2])->key_index, 2) << "an old card at a new PSAM pays with the new key";
    renew(psams_[0]);
    everyCardPaysAtEveryPsam("during: some PSAMs were renewed");

    for (auto& psam : psams_)
        renew(psam);
    ASSERT_TRUE(core::retire(national_));
    for (auto* city : {&changchun_, &xian_})
        ASSERT_TRUE(core::retire(*city));
    for (auto& psam : psams_)
        renew(psam, {1});
    everyCardPaysAtEveryPsam("after");
    issue(3);
    everyCardPaysAtEveryPsam("after: with cards and PSAMs that never had the first generation");
    EXPECT_EQ(pay(cards_[0], psams_[0])->key_index, 2);
}

TEST_P(RollOverTest, ARetiredGenerationPaysNoMore) {
    issue(1);
    ASSERT_TRUE(core::rotate(national_, random_));
    renew(psams_[0], {1});
    // A terminal that still asks the card for the first generation is refused by a PSAM that has it no more: MAC1 is
    // made with a key that nobody else has.
    auto& [name, profile, psam] = psams_[0];
    (void)psam->reset();
    profile.psam.purchase_index = 1;
    ASSERT_TRUE(renew_psam(transmit_to(*psam), profile, std::vector<core::Byte>{1}, random_));
    const auto paid = pay(cards_[0], psams_[0]);
    ASSERT_FALSE(paid);
    EXPECT_EQ(paid.error().message, "card: DEBIT FOR PURCHASE: the answer is 9302");
}

// The PSAM's own keys come from its serial number: those of another one would spend the tries of its master control
// key.
TEST_P(RollOverTest, APsamIsRenewedUnderItsOwnSerialNumberAlone) {
    issue(1);
    ASSERT_TRUE(core::rotate(national_, random_));
    IssuedPsam& issued = psams_[0];
    const core::Profile own = issued.profile;
    issued.profile.psam.serial[9] ^= 0x08;
    for (unsigned i = 0; i < 20; ++i) {
        ASSERT_TRUE(give_psam_keys(issued.profile, national_, *changchun_.owner().city));
        const auto refused = renew_psam(transmit_to(*issued.psam), issued.profile, {}, random_);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().message, "the PSAM has the serial number 21440000000000000001, not "
                                           "21440000000000000009; it is left as it is");
    }
    issued.profile = own;
    renew(issued);
    EXPECT_EQ(pay(cards_[0], issued)->key_index, 2);
}

TEST_P(RollOverTest, ARenewedPsamGetsNoKeyOfAGenerationThatItNeverHad) {
    issue(1);
    ASSERT_TRUE(core::rotate(national_, random_));
    ASSERT_TRUE(core::retire(national_));
    issue(2);
    const auto answer_to_derivation = [](Psam& psam) {
        const auto line = transmit_to(psam);
        EXPECT_TRUE(line(core::from_hex("00A4040006BDA8C9E8B2BF").value()));
        const auto answer = line(core::from_hex("801A420110" + std::string(32, '0')).value()).value();
        return core::to_hex(answer);
    };
    renew(psams_[0], {1});
    renew(psams_[2], {1});
    EXPECT_EQ(answer_to_derivation(*psams_[0].psam), "6985") << "written over";
    EXPECT_EQ(answer_to_derivation(*psams_[2].psam), "6A88") << "never there";
}

TEST_P(RollOverTest, AnIsamLoadsWithTheCurrentGeneration) {
    ASSERT_TRUE(core::rotate(changchun_, random_));
    core::Profile profile = layout(changchun_, {});
    ASSERT_TRUE(give_isam_keys(profile, changchun_));
    const auto isam = make_isam(profile, std::make_unique<core::SeededRandom>(1)).value();
    (void)isam->power_on();
    const auto line = transmit_to(*isam);
    ASSERT_TRUE(line(core::from_hex("00A40000021001").value()));
    EXPECT_EQ(core::to_hex(line(core::from_hex("00B0970001").value()).value()), "029000");
}

TEST_P(RollOverTest, KeysOfAnotherCityAreRefused) {
    core::Profile profile = layout(xian_, {});
    const auto refused = give_card_keys(profile, xian_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "the keys are those of city 7100, the card is of 2144");
    const core::Byte city[] = {0x21, 0x44};
    EXPECT_EQ(give_psam_keys(profile, changchun_, city).error().message,
              "a PSAM holds the roots of the centre; these are the keys of city 2144");
    EXPECT_EQ(give_isam_keys(profile, national_).error().message,
              "an ISAM holds the keys of a city; these are the centre's");
}

INSTANTIATE_TEST_SUITE_P(Every, RollOverTest, testing::Values(core::Algorithm::triple_des, core::Algorithm::sm4),
                         [](const auto& algorithm) {
                             return algorithm.param == core::Algorithm::sm4 ? "sm4" : "tdes";
                         });

} // namespace
} // namespace tongka::simulator
