#include "simulator/card/tests/blank_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using by_hand::HandKey;

/// The worked examples of standards.md 5.4: a card whose keys protect such commands, and the random number of the
/// example; a bit flipped in the MAC is refused. K1 is the cryptogram inside K2 and K3. Row F is no exchange of a user
/// card: its key has a header of 4 bytes, as a PSAM takes it, and WRITE KEY here takes 5.
class PublishedMacTest : public BlankCardTest {
protected:
    void prepare(const std::string& type, const std::string& key36, const char* selector) {
        create_master_file();
        done("80D401001536F0F0FF33" + key36);
        done("80D401001539F0F0AA33" + repeated("FF", 16));
        done("80E0000507" + type + "0034F0F0FF" + selector);
        done("80E0001507" + type + "0034F0F0FF" + selector);
    }
    void replay(const std::string& number, const std::string& command, const std::string& mac, const char* wrong) {
        for (const std::size_t at : {0, 3}) {
            auto spoilt = by_hand::bytes(mac);
            spoilt[at] ^= at == 0 ? 0x80 : 0x01;
            challenge(number);
            EXPECT_EQ(exchange(command + core::to_hex(spoilt)), wrong);
        }
        EXPECT_EQ(exchange(command + mac), "6984") << "the number is spent";
        challenge(number);
        EXPECT_EQ(exchange(command + mac), "9000");
    }
};

TEST_F(PublishedMacTest, H1WritesAFile) {
    prepare("A8", repeated("FF", 16), "FF");
    done("00A40000020005");
    replay("44A47DEB", "04D600001411223344556677889900AABBCCDDEEFF", "F2F62231", "6988");
    EXPECT_EQ(exchange("00B0850010"), "11223344556677889900AABBCCDDEEFF9000");
}

TEST_F(PublishedMacTest, H3ReadsItAndH2IsTheMacOfTheAnswer) {
    prepare("A8", repeated("FF", 16), "7F"); // bit 8 clear: reading is protected too
    done("00A40000020005");
    replay("44A47DEB", "04D600001411223344556677889900AABBCCDDEEFF", "F2F62231", "6988");
    EXPECT_EQ(exchange("00B0000010"), "6987");
    challenge("D0FE4FB9");
    EXPECT_EQ(exchange("04B0000004F09C8A1810"), "6988");
    challenge("D0FE4FB9");
    EXPECT_EQ(exchange("04B0000004F09C8A1910"), "11223344556677889900AABBCCDDEEFF8D3185779000");
}

TEST_F(PublishedMacTest, H4WritesTheApplicationData) {
    prepare("A8", repeated("36", 16), "FF");
    const std::string content = "000122000001FFFF01010000220000000000000620160101205012310000";
    replay("A3BBCFC8", "04D6950022" + content, "96E32EF1", "6988");
    EXPECT_EQ(exchange("00B095001E"), content + "9000");
}

TEST_F(PublishedMacTest, H5WritesTheIssuingData) {
    prepare("A8", repeated("FF", 16), "FF");
    const std::string content =
        "000122000001FFFF22000000000000060001201610280000000000010001000000000000000000000000000020501231";
    replay("88BBE4E3", "04D6850034" + content, "AE8D8774", "6988");
    EXPECT_EQ(exchange("00B0850030"), content + "9000");
}

TEST_F(PublishedMacTest, K3WritesOverAKeyWithTheCryptogramK1) {
    prepare("A8", repeated("FF", 16), "FF");
    EXPECT_EQ(by_hand::sealed({repeated("FF", 16)}, "F9F0F0AAFF1122334455667788"), "7C87BC23140021B3AFEA67E6359DDCFE");
    EXPECT_EQ(add_key("01", "F9F0F0AAFF", repeated("00", 8)), "9000");
    replay("EF364818", "84D43901147C87BC23140021B3AFEA67E6359DDCFE", "9095E4E1", "9302");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("0082000108" + by_hand::authentication({"1122334455667788"}, "BB83BFF3")), "9000");
}

TEST_F(PublishedMacTest, K2AddsAKeyWithIt) {
    prepare("A8", repeated("FF", 16), "FF");
    replay("4C45BAB9", "84D40102147C87BC23140021B3AFEA67E6359DDCFE", "D7C943F6", "9302");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("0082000208" + by_hand::authentication({"1122334455667788"}, "BB83BFF3")), "9000");
}

/// Files under secure messaging and the keys that they name (standards.md 3.1, 5.1).
class SecureFileTest : public BlankCardTest {
protected:
    /// The MF with maintenance keys 00 to 03: `key` and three that are patterns.
    void prepare(const HandKey& key) {
        create_master_file();
        EXPECT_EQ(add_key("00", "36F0F0FF33", key.hex), "9000");
        for (const std::string id : {"01", "02", "03"})
            EXPECT_EQ(add_key(id, "36F0F0FF33", repeated(id.substr(1) + "0", 16)), "9000");
        EXPECT_EQ(add_key("00", "39F0F0AA33", repeated("C0", 16)), "9000");
    }
    const HandKey triple_des{"00112233445566778899AABBCCDDEEFF"};
    const HandKey single_des{"0123456789ABCDEF"};
    const HandKey sm4{"0123456789ABCDEFFEDCBA9876543210", true};
    const std::string number = "A1B2C3D4";
};

TEST_F(SecureFileTest, WhatIsWrittenEncipheredIsReadEnciphered) {
    for (const bool always : {false, true})
        for (const HandKey& key : {triple_des, single_des, sm4}) {
            renew_with("encryption-padding", always ? "always" : "when-needed");
            renew_with("maintenance-algorithm", key.sm4 ? "sm4" : "3des");
            prepare(key);
            done("80E0001507E80010F0F0FF7F");
            done("80E0001607E80010F0F0FFFF"); // read in clear
            for (const std::string content : {"01", "01020304050607", "0102030405060708",
                                              "0102030405060708090A0B0C0D0E0F", "0102030405060708090A0B0C0D0E0F10"}) {
                const auto sealed = by_hand::sealed(key, content, always);
                for (const std::string file : {"95", "96"})
                    EXPECT_EQ(send_sealed("04D6" + file + "00", sealed, key), "9000");
                EXPECT_EQ(exchange("00B09500" + size_of(content)), "6987");
                EXPECT_EQ(exchange("00B09600" + size_of(content)), content + "9000");
                EXPECT_EQ(send_sealed("04B09500", "", key, size_of(content)),
                          sealed + by_hand::mac(key, number, sealed) + "9000")
                    << content << always << key.sm4;
            }
        }
}

TEST_F(SecureFileTest, RecordsUnderMacOrEnciphered) {
    for (const bool cipher : {false, true}) {
        renew();
        prepare(triple_des);
        const auto carried = [&](const std::string& content) {
            return cipher ? by_hand::sealed(triple_des, content) : content;
        };
        const auto read = [&](const std::string& number_and_file, const std::string& content) {
            EXPECT_EQ(send_sealed("04B2" + number_and_file, "", triple_des, "00"),
                      carried(content) + by_hand::mac(triple_des, number, carried(content)) + "9000");
        };
        done(std::string("80E0000707") + (cipher ? "EA" : "AA") + "0203F0F0FF7F");
        done(std::string("80E0000807") + (cipher ? "EC" : "AC") + "0040F0F0FF7F");
        done(std::string("80E0000907") + (cipher ? "EE" : "AE") + "0303F0F0FF7F");
        EXPECT_EQ(send_sealed("04E20038", carried("010203"), triple_des), "9000");
        EXPECT_EQ(send_sealed("04E20038", carried("040506"), triple_des), "9000");
        EXPECT_EQ(send_sealed("04DC023C", carried("070809"), triple_des), "9000");
        EXPECT_EQ(send_sealed("04DC013C", carried("0708"), triple_des), "6700") << "not a record of three";
        read("013C", "010203");
        read("023C", "070809");
        EXPECT_EQ(exchange("00B2013C03"), "6987");
        EXPECT_EQ(exchange("00DC013C03010203"), "6987");
        EXPECT_EQ(exchange("00E2003803010203"), "6987");

        EXPECT_EQ(send_sealed("04E20040", carried("B8020102"), triple_des), "9000");
        EXPECT_EQ(send_sealed("04DCB840", carried("B803010203"), triple_des), "9000");
        read("B840", "B803010203");

        for (const std::string content : {"111111", "222222"})
            EXPECT_EQ(send_sealed("04DC004B", carried(content), triple_des), "9000");
        read("014C", "222222");
        read("024C", "111111");
    }
}

TEST_F(SecureFileTest, TheSelectorNamesTheKeys) {
    prepare(triple_des);
    const HandKey keys[] = {triple_des, {repeated("10", 16)}, {repeated("20", 16)}, {repeated("30", 16)}};
    for (unsigned reading = 0; reading < 4; ++reading)
        for (unsigned writing = 0; writing < 4; ++writing) {
            const auto file = 1 + 4 * reading + writing; // short ids 01 to 10
            const auto selector = static_cast<core::Byte>(0x64 | (3 - reading) << 3 | (3 - writing));
            const auto id = core::to_hex(core::Bytes{static_cast<core::Byte>(file)});
            const auto p1 = core::to_hex(core::Bytes{static_cast<core::Byte>(0x80 | file)});
            done("80E000" + id + "07A80002F0F0FF" + core::to_hex(core::Bytes{selector}));
            EXPECT_EQ(send_sealed("04D6" + p1 + "00", "0A0B", keys[(writing + 1) % 4]), "6988");
            EXPECT_EQ(send_sealed("04D6" + p1 + "00", "0A0B", keys[writing]), "9000");
            EXPECT_EQ(send_sealed("04B0" + p1 + "00", "", keys[(reading + 1) % 4], "02"), "6988");
            EXPECT_EQ(send_sealed("04B0" + p1 + "00", "", keys[reading], "02"),
                      "0A0B" + by_hand::mac(keys[reading], number, "0A0B") + "9000");
        }
}

TEST_F(SecureFileTest, TheMacStartsFromFourOrEightBytes) {
    for (const HandKey& key : {triple_des, single_des, sm4}) {
        renew_with("maintenance-algorithm", key.sm4 ? "sm4" : "3des");
        prepare(key);
        done("80E0001507A80010F0F0FF7F");
        for (const std::string start : {"A1B2C3D4", "A1B2C3D4E5F60718"}) {
            EXPECT_EQ(send_sealed("04D69500", "0A0B0C", key, "", start), "9000");
            EXPECT_EQ(send_sealed("04B09500", "", key, "03", start),
                      "0A0B0C" + by_hand::mac(key, start, "0A0B0C") + "9000");
        }
        challenge("A1B2C3D4E5F60718");
        EXPECT_EQ(exchange(sealed_command("04D69500", "0A0B0C", key, "A1B2C3D4")), "6988") << "all eight count";
    }
}

TEST_F(SecureFileTest, TheSessionRuleMakesAKeyOfTheChallenge) {
    renew_with("secure-messaging-mac", "session");
    prepare(triple_des);
    done("80E0001507A80010F0F0FF7F");
    for (const std::string start : {"A1B2C3D4", "A1B2C3D4E5F60718"}) {
        const auto key = by_hand::session(triple_des, start);
        EXPECT_EQ(send_sealed("04D69500", "0A0B0C", triple_des, "", start), "6988") << "no retail MAC";
        EXPECT_EQ(send_sealed("04D69500", "0A0B0C", key, "", start), "9000");
        EXPECT_EQ(send_sealed("04B09500", "", key, "03", start),
                  "0A0B0C" + by_hand::mac(key, start, "0A0B0C") + "9000");
    }
    renew();
    prepare(single_des);
    done("80E0001507A80010F0F0FF7F");
    EXPECT_EQ(send_sealed("04D69500", "0A0B0C", single_des), "9000") << "a key of 8 bytes serves itself";
}

TEST_F(SecureFileTest, WhatIsNotProtectedRightIsRefused) {
    prepare(triple_des);
    done("80E0001507E80010F0F0FF7F");
    done("80E000160728" + std::string("0010F0F0FFFF"));
    const auto sealed = by_hand::sealed(triple_des, "0A0B0C");
    EXPECT_EQ(send_sealed("04D69500", sealed, triple_des), "9000");
    EXPECT_EQ(exchange(sealed_command("04D69500", sealed, triple_des, number)), "6984");
    challenge(number);
    EXPECT_EQ(exchange("04D6950003010203"), "6987") << "too short for a MAC";
    challenge(number);
    EXPECT_EQ(exchange("04B0950003"), "6987");
    EXPECT_EQ(send_sealed("04D69500", repeated("5A", 8), triple_des), "6988") << "a right MAC over no cryptogram";
    EXPECT_EQ(send_sealed("04D69500", "0A0B0C", triple_des), "6988") << "not whole blocks";
    EXPECT_EQ(send_sealed("04B09500", "00", triple_des, "03"), "6700") << "a reading carries a MAC alone";
    EXPECT_EQ(send_sealed("04D69600", "0A0B0C", triple_des), "6900") << "file 0016 asks for nothing";
    EXPECT_EQ(send_sealed("04B09500", "", triple_des, "03").substr(0, 16), sealed) << "nothing was written";
    renew_with("missing-secure-messaging", "6900");
    prepare(triple_des);
    done("80E0001507E80010F0F0FF7F");
    EXPECT_EQ(exchange("00D6950003010203"), "6900");
    EXPECT_EQ(exchange("00B0950003"), "6900");
}

TEST_F(SecureFileTest, WrongMacsBlockTheirKeyAlone) {
    prepare(triple_des);
    done("80E0001507A80010F0F0FF7F");
    done("80E0001607A80010F0F0FF76"); // written with key 01
    const HandKey other{repeated("10", 16)};
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(send_sealed("04D69500", "0A", other), "6988");
    EXPECT_EQ(send_sealed("04D69500", "0A", triple_des), "9000") << "gives the tries back";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(send_sealed("04D69500", "0A", other), "6988");
    (void)card_->power_on();
    EXPECT_EQ(send_sealed("04D69500", "0A", triple_des), "6983");
    EXPECT_EQ(send_sealed("04B09500", "", triple_des, "01"), "6983");
    EXPECT_EQ(send_sealed("04D69600", "0A", other), "9000");
}

// The largest answer has 256 bytes: what is read under protection leaves room for length, padding and MAC.
TEST_F(SecureFileTest, ALongFileIsReadAsFarAsTheAnswerGoes) {
    for (const bool always : {false, true})
        for (const HandKey& key : {triple_des, sm4}) {
            renew_with("encryption-padding", always ? "always" : "when-needed");
            renew_with("maintenance-algorithm", key.sm4 ? "sm4" : "3des");
            prepare(key);
            done("80E0001507E80100F0F0FF7F");
            const auto answer = send_sealed("04B09500", "", key, "00");
            ASSERT_EQ(status(answer), "9000");
            EXPECT_LE(answer.size(), 2U * 258) << always << key.sm4;
            const auto sealed = answer.substr(0, answer.size() - 12);
            const auto size = always ? 238U : 239U;
            EXPECT_EQ(sealed, by_hand::sealed(key, repeated("00", size), always));
            EXPECT_EQ(send_sealed("04B09500", "", key, "F8"), always ? "6CEE" : "6CEF");
        }
}

} // namespace
} // namespace tongka::simulator
