#include "core/crypto/secure_messaging.hpp"
#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

std::string filled(char digit_high, char digit_low, unsigned bytes) {
    std::string text;
    for (unsigned i = 0; i < bytes; ++i)
        text += {digit_high, digit_low};
    return text;
}

/// A blank card, and what the manual of FMCOS writes into one (standards.md 3.5; from a single source). The manual
/// prints the keys as patterns, and the lines for 3C, 3D and the PIN in part: those are filled in as their headers ask.
class FmcosScriptTest : public testing::Test {
protected:
    FmcosScriptTest() : profile_(published_profile()) {
        profile_.card.random.clear();
        card_ = make_card(profile_, std::make_unique<core::SeededRandom>(1), {}, Issue::blank).value();
        (void)card_->power_on();
    }
    std::string exchange(const std::string& hex) { return core::to_hex(card_->exchange(core::from_hex(hex).value())); }
    void done(const std::string& hex) {
        const auto answer = exchange(hex);
        EXPECT_EQ(answer.substr(answer.size() - 4), "9000") << hex;
    }
    void next_random(const std::string& hex) { card_->script_random({core::from_hex(hex).value()}); }

    void personalise() {
        done("80E03F000D38FFFFF0F001FFFFFFFFFFFFFF");
        done("80E00000073F005001F0FFFF");
        done("80D401000D36F0F0FF33" + filled('F', 'F', 8));
        done("80D401001539F0F0AA33" + filled('F', 'F', 16));
        done("80E00001072A0213F000FFFF");
        done("00E200081361114F09A00000000386980701500450424F43");
        done("80E03F011138036FF0F095FFFFA00000000386980701");
        done("00A4040009A00000000386980701");
        done("80E00000073F018F95F0FFFF");
        done("80D401001534F0020001" + filled('3', '4', 16));
        done("80D401001536F002FF33" + filled('3', '6', 16));
        done("80D401001537F002FF33" + filled('3', '7', 16));
        done("80D401001538F002FF33" + filled('3', '8', 16));
        done("80D401001539F0024433" + filled('3', '9', 16));
        for (const char* index : {"01", "02"})
            for (const char* type : {"3E", "3F", "3D", "3C"}) {
                std::string value;
                for (int i = 0; i < 8; ++i)
                    value += std::string(type) + index;
                done("80D401" + std::string(index) + "15" + type + "F0020001" + value);
            }
        done("80D401000D3AF0EF013312345FFFFFFFFFFF");
        done("80E0001507A8001EF0F0FFFF");
        done("80E0001607A80027F0F0FFFF");
        done("80E00017072805DCF0F0FFFF");
        done("80E00018072E0A17F1EFFFFF");
        done("80E00001072F0208F100FF18");
        done("80E00002072F0208F000FF18");
    }

    core::Profile profile_;
    std::unique_ptr<Card> card_;
};

TEST_F(FmcosScriptTest, MakesACardThatAnswersAsTheManualShows) {
    personalise();
    card_->power_off();
    (void)card_->power_on();
    // standards.md 3.2.
    EXPECT_EQ(exchange("00A40000023F00"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(exchange("00A404000E315041592E5359532E4444463031"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(exchange("00B2010C00"), "61114F09A00000000386980701500450424F439000");
    const auto selected = exchange("00A40000023F01");
    EXPECT_EQ(selected.substr(0, 26), "6F2E8409A00000000386980701");
    EXPECT_EQ(selected.substr(26, 10), "A5219F0C1E");
    EXPECT_EQ(exchange("805C000204"), "000000009000") << "everyone may see the EP";
    EXPECT_EQ(exchange("805C000104"), "6982") << "the ED asks for VERIFY: right F1";
    EXPECT_EQ(exchange("00B201C417"), "6982") << "and so does the log";
    EXPECT_EQ(exchange("002000000312345F"), "9000");
    EXPECT_EQ(exchange("805C000104"), "000000009000");
    EXPECT_EQ(exchange("00B201C417"), "6A83");
    EXPECT_EQ(exchange("00DC01C417" + filled('0', '0', 23)), "6982") << "EF: a log grows by transactions alone";
}

TEST_F(FmcosScriptTest, ThePublishedDataFileIsWrittenUnderTheMaintenanceKey) {
    personalise();
    const std::string content = "111122223333000603010006199808170000003019980815199812155566";
    EXPECT_EQ(exchange("00D695001E" + content), "6987") << "A8: with a MAC alone";
    next_random("01020304");
    (void)exchange("0084000004");
    const auto key =
        core::Key::create(core::Algorithm::triple_des, core::from_hex(filled('3', '6', 16)).value()).value();
    const auto challenge = core::from_hex("01020304").value();
    const auto covered = core::from_hex("04D6950022" + content).value();
    EXPECT_EQ(exchange("04D6950022" + content + core::to_hex(core::secure_messaging_mac(key, challenge, covered))),
              "9000");
    EXPECT_EQ(exchange("00B095001E"), content + "9000");
}

/// The worked examples of standards.md 5.4: a card whose keys protect such commands, and the random number of the
/// example. A bit flipped in the MAC is refused.
class PublishedMacTest : public FmcosScriptTest {
protected:
    void prepare(const std::string& type, const std::string& key36, const char* selector) {
        done("80E03F000D38FFFFF0F001FFFFFFFFFFFFFF");
        done("80E00000073F00A001F0FFFF");
        done("80D401001536F0F0FF33" + key36);
        done("80D401001539F0F0AA33" + filled('F', 'F', 16));
        done("80E0000507" + type + "0034F0F0FF" + selector);
        done("80E0001507" + type + "0034F0F0FF" + selector);
    }
    void replay(const std::string& challenge, const std::string& command, const std::string& mac,
                const std::string& wrong) {
        next_random(challenge);
        (void)exchange("0084000004");
        auto spoilt = mac;
        spoilt.back() = spoilt.back() == '0' ? '1' : '0';
        EXPECT_EQ(exchange(command + spoilt), wrong);
        EXPECT_EQ(exchange(command + mac), "6984") << "the number is spent";
        next_random(challenge);
        (void)exchange("0084000004");
        EXPECT_EQ(exchange(command + mac), "9000");
    }
};

TEST_F(PublishedMacTest, H1WritesAFile) {
    prepare("A8", filled('F', 'F', 16), "FF");
    done("00A40000020005");
    replay("44A47DEB", "04D600001411223344556677889900AABBCCDDEEFF", "F2F62231", "6988");
    EXPECT_EQ(exchange("00B0850010"), "11223344556677889900AABBCCDDEEFF9000");
}

TEST_F(PublishedMacTest, H3ReadsItAndH2IsTheMacOfTheAnswer) {
    prepare("A8", filled('F', 'F', 16), "7F"); // bit 8 clear: reading is protected too
    done("00A40000020005");
    replay("44A47DEB", "04D600001411223344556677889900AABBCCDDEEFF", "F2F62231", "6988");
    EXPECT_EQ(exchange("00B0000010"), "6987");
    next_random("D0FE4FB9");
    (void)exchange("0084000004");
    EXPECT_EQ(exchange("04B0000004F09C8A1910"), "11223344556677889900AABBCCDDEEFF8D3185779000");
}

TEST_F(PublishedMacTest, H4WritesTheApplicationData) {
    prepare("A8", filled('3', '6', 16), "FF");
    replay("A3BBCFC8",
           "04D69500220001220000" // issuer, city
           "01FFFF01010000220000000000000620160101205012310000",
           "96E32EF1", "6988");
}

TEST_F(PublishedMacTest, H5WritesTheIssuingData) {
    prepare("A8", filled('F', 'F', 16), "FF");
    replay("88BBE4E3",
           "04D6850034000122000001FFFF22000000000000060001201610280000000000010001000000000000000000000000000020501231",
           "AE8D8774", "6988");
}

/// A file of ciphertext and MAC (type E8): what is written enciphered is read enciphered, padded by the rule.
TEST_F(PublishedMacTest, AnEncipheredFileGoesByTheRuleForPadding) {
    for (const auto padding : {core::EncryptionPadding::when_needed, core::EncryptionPadding::always}) {
        const bool always = padding == core::EncryptionPadding::always;
        ASSERT_TRUE(profile_.rules.set("encryption-padding", always ? "always" : "when-needed"));
        card_ = make_card(profile_, std::make_unique<core::SeededRandom>(1), {}, Issue::blank).value();
        (void)card_->power_on();
        prepare("E8", filled('F', 'F', 16), "7F");
        const auto key = core::Key::create(core::Algorithm::triple_des, core::Bytes(16, 0xFF)).value();
        const auto content = core::from_hex("01020304050607").value(); // with its length one whole block
        const auto sealed = core::to_hex(core::secure_messaging_encrypt(key, content, padding).value());
        EXPECT_EQ(sealed.size(), always ? 32U : 16U);
        const auto challenge = core::from_hex("01020304").value();
        const auto protect = [&](const std::string& head, const std::string& data) {
            next_random("01020304");
            (void)exchange("0084000004");
            const auto command = head + core::to_hex(core::Bytes{static_cast<core::Byte>(data.size() / 2 + 4)}) + data;
            return command + core::to_hex(core::secure_messaging_mac(key, challenge, core::from_hex(command).value()));
        };
        EXPECT_EQ(exchange(protect("04D69500", sealed)), "9000");
        const auto answer = exchange(protect("04B09500", "") + "07");
        EXPECT_EQ(answer, sealed +
                              core::to_hex(core::secure_messaging_mac(key, challenge, core::from_hex(sealed).value())) +
                              "9000");
    }
}

TEST_F(PublishedMacTest, K3WritesOverAnEncipheredKey) {
    prepare("A8", filled('F', 'F', 16), "FF");
    done("80D401010D"
         "F9F0F0AAFF"
         "0000000000000000");
    EXPECT_EQ(exchange("80D401010D"
                       "F9F0F0AAFF"
                       "1122334455667788"),
              "6A80")
        << "it stands there";
    replay("EF364818", "84D43901147C87BC23140021B3AFEA67E6359DDCFE", "9095E4E1", "9302");
}

TEST_F(PublishedMacTest, K2AddsAnEncipheredKey) {
    prepare("A8", filled('F', 'F', 16), "FF");
    replay("4C45BAB9", "84D40102147C87BC23140021B3AFEA67E6359DDCFE", "D7C943F6", "9302");
    // The key is 1122334455667788 of type 39: what answers a challenge with it has the right.
    next_random("BB83BFF3");
    (void)exchange("0084000004");
    const auto key = core::Key::des(std::array<core::Byte, 8>{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88});
    EXPECT_EQ(
        exchange("0082000208" + core::to_hex(core::external_authentication(key, core::from_hex("BB83BFF3").value()))),
        "9000");
}

} // namespace
} // namespace tongka::simulator
