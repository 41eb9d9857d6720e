#include "simulator/sam/tests/sam_fixture.hpp"

namespace tongka::simulator {
namespace {

/// INIT_FOR_DESCRYPT and DES CRYPT (standards.md 4.3, 12) against values of OpenSSL's command line. The key of
/// one level is vector E of standards.md 5.4: 496BD7A3513644533100B54E71196528.
class DesCryptTest : public SamTest {
protected:
    DesCryptTest() { insert_psam(); }

    static constexpr const char* factor = "1122334455667788";
    static constexpr const char* both = "2801";
    static constexpr const char* both_sm4 = "2802";
    const std::string data = "0102030405060708"
                             "090A0B0C0D0E0F10"
                             "1112131415161718";
    const std::string initial = "A1B2C3D400000000";
    void derive_both() { EXPECT_EQ(derive(both, factor), "9000"); }
};

// echo $data | xxd -r -p | openssl enc -des-ede -K 496BD7A3513644533100B54E71196528 -nopad | xxd -p
const std::string enciphered = "9C9D19956FDEDC074ADD781FC86B771AD4156AE4A730758C";

TEST_F(DesCryptTest, EncipheringAndDecipheringAreOpensslsEcb) {
    derive_both();
    EXPECT_EQ(crypt("00", data), enciphered + "9000");
    derive_both();
    EXPECT_EQ(crypt("80", enciphered), data + "9000");
}

TEST_F(DesCryptTest, DataComesInPieces) {
    derive_both();
    EXPECT_EQ(crypt("02", data.substr(0, 16)), enciphered.substr(0, 16) + "9000");
    EXPECT_EQ(crypt("02", data.substr(16, 16)), enciphered.substr(16, 16) + "9000");
    EXPECT_EQ(crypt("00", data.substr(32)), enciphered.substr(32) + "9000");
    EXPECT_EQ(crypt("00", data), "6985") << "the key went with the last piece";
}

// K=496BD7A3513644533100B54E71196528; its left half is chained, the whole key takes the last block:
//   echo 0102030405060708090A0B0C0D0E0F10 | xxd -r -p |
//     openssl enc -des-ede-cbc -K 496BD7A351364453496BD7A351364453 -iv A1B2C3D400000000 -nopad
//       ends in 3C2EF5E6E3BD6629
//   echo 1112131415161718 | xxd -r -p | openssl enc -des-ede-cbc -K $K -iv 3C2EF5E6E3BD6629 -nopad
//       is 798CFEA28DD49F17
TEST_F(DesCryptTest, AMacIsOpensslsWhetherInOnePieceOrInSeveral) {
    derive_both();
    EXPECT_EQ(crypt("05", initial + data), "798CFEA29000");
    derive_both();
    EXPECT_EQ(crypt("07", initial + data.substr(0, 16)), "9000");
    EXPECT_EQ(crypt("03", data.substr(16, 16)), "9000");
    EXPECT_EQ(crypt("01", data.substr(32)), "798CFEA29000");
    EXPECT_EQ(crypt("05", initial + data), "6985");
    derive_both();
    EXPECT_EQ(crypt("07", initial + data.substr(0, 32)), "9000");
    EXPECT_EQ(crypt("01", data.substr(32)), "798CFEA29000");
}

// echo 0102030405060708 | xxd -r -p | openssl enc -des-ede-cbc -K $K -iv A1B2C3D400000000 -nopad
TEST_F(DesCryptTest, OneBlockTakesTheWholeKey) {
    derive_both();
    EXPECT_EQ(crypt("05", initial + data.substr(0, 16)), "397B59D49000");
}

// The key of SM4 is SM4(0123456789ABCDEFFEDCBA9876543210, F ‖ ~F):
//   echo 1122334455667788EEDDCCBBAA998877 | xxd -r -p |
//     openssl enc -sm4-ecb -K 0123456789ABCDEFFEDCBA9876543210 -nopad      7904DC533E8BCA0C93D3C36DC8328866
//   openssl enc -sm4-ecb -K 7904DC533E8BCA0C93D3C36DC8328866 -nopad        over 00 01 … 1F
//   openssl enc -sm4-cbc -K 7904DC533E8BCA0C93D3C36DC8328866 -iv A1B2C3D4000000000000000000000000 -nopad
TEST_F(DesCryptTest, Sm4) {
    const std::string first = "000102030405060708090A0B0C0D0E0F";
    const std::string second = "101112131415161718191A1B1C1D1E1F";
    const std::string sm4 = "53A7F99C4CD4792E4BB511F41B1D9D73D987E7BF0801E32F4AAAD69DC853D98D";
    const std::string zeros(24, '0');
    EXPECT_EQ(derive(both_sm4, factor), "9000");
    EXPECT_EQ(crypt("00", first + second), sm4 + "9000");
    EXPECT_EQ(derive(both_sm4, factor), "9000");
    EXPECT_EQ(crypt("80", sm4), first + second + "9000");
    EXPECT_EQ(derive(both_sm4, factor), "9000");
    EXPECT_EQ(crypt("05", "A1B2C3D4" + zeros + first + second), "0D994E169000");
    EXPECT_EQ(derive(both_sm4, factor), "9000");
    EXPECT_EQ(crypt("07", "A1B2C3D4" + zeros + first), "9000");
    EXPECT_EQ(crypt("01", second.substr(16)), "6700") << "half a block of SM4";
    EXPECT_EQ(crypt("01", second), "0D994E169000");
}

// DTK 66778899AABBCCDDEEFF001122334455 by city and ASN is 02051998E6798D31E9757B1934C709B5 (openssl enc -des-ede,
// twice), its halves ⊕ EB706281D2BE8484; then
//   echo 000000010600112233445500000005201702141540008000 | xxd -r -p |
//     openssl enc -des-ede-cbc -K EB706281D2BE8484EB706281D2BE8484 -iv 0000000000000000 -nopad
TEST_F(DesCryptTest, ATacKeyIsFolded) {
    EXPECT_EQ(derive("4C00", std::string(asn) + city), "9000");
    EXPECT_EQ(crypt("05", "0000000000000000"
                          "000000010600112233445500000005201702141540008000"),
              "5312FA1C9000");
}

TEST_F(DesCryptTest, AKeyWithoutLevelsServesAsItIs) {
    EXPECT_EQ(exchange("801A080300"), "9000");
    EXPECT_EQ(crypt("00", data), by_hand::enciphered(sam_keys::both, data) + "9000");
}

TEST_F(DesCryptTest, FactorsAreTakenCityFirstOrAsTheRuleSays) {
    const auto expected = [](std::initializer_list<std::string> factors) {
        return by_hand::mac(by_hand::folded(by_hand::diversified(sam_keys::tac, factors)), "0000000106") + "9000";
    };
    const auto made = [&] {
        EXPECT_EQ(derive("4C00", std::string(asn) + city), "9000");
        return crypt("05", "0000000000000000"
                           "0000000106800000");
    };
    EXPECT_EQ(made(), expected({city, asn}));
    ASSERT_TRUE(profile_.rules.set("factor-order", "outer-first"));
    insert_psam();
    EXPECT_EQ(made(), expected({asn, city}));
}

TEST_F(DesCryptTest, AKeyDoesWhatItIsForAlone) {
    EXPECT_EQ(derive("2601", factor), "9000");
    EXPECT_EQ(crypt("00", data), "6985") << "a MAC key does not encipher";
    EXPECT_EQ(crypt("80", data), "6985");
    EXPECT_EQ(crypt("02", data), "6985");
    const auto mac_key = by_hand::diversified(sam_keys::mac_alone, {factor});
    EXPECT_EQ(crypt("05", initial + "01020304050607"
                                    "80"),
              by_hand::mac(mac_key, initial, "01020304050607") + "9000")
        << "and is there still";
    EXPECT_EQ(derive("2701", factor), "9000");
    for (const std::string mode : {"01", "03", "05", "07"})
        EXPECT_EQ(crypt(mode, initial + data), "6985") << "an encryption key makes no MAC";
    EXPECT_EQ(crypt("00", data),
              by_hand::enciphered(by_hand::diversified(sam_keys::encryption_alone, {factor}), data) + "9000");
    EXPECT_EQ(derive("4201", std::string(asn) + city), "6985") << "no MAC1 by a purchase key";
    done("00A40000021003");
    EXPECT_EQ(derive("5001", std::string(asn) + city), "6985") << "nothing by an M1 key";
}

TEST_F(DesCryptTest, TheOrderOfPiecesIsKept) {
    EXPECT_EQ(crypt("00", data), "6985") << "no key";
    derive_both();
    EXPECT_EQ(crypt("03", data), "6985") << "no MAC was begun";
    EXPECT_EQ(crypt("01", data), "6985");
    EXPECT_EQ(crypt("07", initial), "6700") << "an initial value alone";
    EXPECT_EQ(crypt("07", initial + data), "9000");
    EXPECT_EQ(crypt("07", initial + data), "6985") << "one is under way";
    EXPECT_EQ(crypt("05", initial + data), "6985");
    EXPECT_EQ(crypt("00", data), "6985");
    EXPECT_EQ(crypt("80", data), "6985");
    EXPECT_EQ(crypt("01", data.substr(0, 14)), "6700");
    EXPECT_EQ(crypt("04", data), "6A86");
    EXPECT_EQ(exchange("80FA000108" + data.substr(0, 16)), "6A86");
    EXPECT_EQ(status(crypt("01", data)), "9000") << "nothing of it broke the MAC";
}

TEST_F(DesCryptTest, KeysAndFactorsMustFit) {
    EXPECT_EQ(derive("2807", factor), "6A88");
    EXPECT_EQ(derive("4801", std::string(asn) + city), "6A88") << "it has one level";
    EXPECT_EQ(derive("2901", factor), "6A88") << "no such purpose";
    EXPECT_EQ(derive(both, std::string(asn) + city), "6700");
    EXPECT_EQ(derive(both, "11223344556677"), "6700");
    EXPECT_EQ(derive("4C00", asn), "6700");
    EXPECT_EQ(crypt("00", data), "6985");
    ASSERT_TRUE(profile_.rules.set("sam-unknown-key", "9403"));
    insert_psam();
    EXPECT_EQ(derive("2807", factor), "9403");
}

TEST_F(DesCryptTest, AKeyIsGoneAfterARefusedDerivationAResetAndASelect) {
    derive_both();
    EXPECT_EQ(derive("2807", factor), "6A88");
    EXPECT_EQ(crypt("00", data), "6985");
    derive_both();
    (void)sam_->reset();
    done(select_application);
    EXPECT_EQ(crypt("00", data), "6985");
    derive_both();
    power_again();
    EXPECT_EQ(crypt("00", data), "6985");
    derive_both();
    done(select_application);
    EXPECT_EQ(crypt("00", data), "6985");
    derive_both();
    EXPECT_EQ(exchange("00B0970001"), "019000");
    EXPECT_EQ(crypt("00", data), enciphered + "9000") << "reading a file is no harm";
}

// clauses.md F, J.2; standards.md 12: what terminals do with it, against a simulated card.
class SamForACardTest : public SamTest {
protected:
    SamForACardTest() {
        profile_ = core::load_profile(std::string(TONGKA_SOURCE_DIR) + "/testcases/profiles/city-union.yaml").value();
        insert_psam();
        card_ = make_card(profile_, std::make_unique<core::SeededRandom>(2)).value();
        (void)card_->power_on();
        (void)ask("00A4040009A00000000386980701");
    }
    std::string ask(const std::string& hex) { return core::to_hex(card_->exchange(by_hand::bytes(hex))); }

    std::unique_ptr<Card> card_;
};

TEST_F(SamForACardTest, AuthenticatesBeforeACompositePurchase) {
    const auto random = data_of(ask("0084000008"));
    EXPECT_EQ(derive("4E02", std::string(asn) + city), "9000");
    const auto cryptogram = data_of(crypt("00", random));
    EXPECT_EQ(ask("0082000208" + cryptogram), "9000");
}

TEST_F(SamForACardTest, BlocksTheApplicationOfACardOnTheBlacklist) {
    const auto id = core::to_hex(core::Bytes{core::find_key(profile_.psam.keys, "DAMK", 1)->index});
    const auto random = data_of(ask("0084000004"));
    EXPECT_EQ(derive("45" + id, std::string(asn) + city), "9000");
    const auto mac = data_of(crypt("05", random + "00000000" + "841E000004800000"));
    // The profile's PSAM holds the key that the card blocks itself with.
    EXPECT_EQ(ask("841E000004" + mac), "9000");
    EXPECT_EQ(ask("805C000204"), "6A81");
}

} // namespace
} // namespace tongka::simulator
