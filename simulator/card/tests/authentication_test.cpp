#include "simulator/card/tests/blank_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using by_hand::HandKey;

/// EXTERNAL and INTERNAL AUTHENTICATION and the life of a challenge (standards.md 3.1, 4.1, 5.1, 5.4 row I).
class AuthenticationTest : public BlankCardTest {
protected:
    std::string answer_with(const HandKey& key, const std::string& number, const std::string& id = "01") {
        return exchange("008200" + id + "08" + by_hand::authentication(key, number));
    }
    std::string authenticate(const HandKey& key, const std::string& number = "BB83BFF3", const std::string& id = "01") {
        challenge(number);
        return answer_with(key, number, id);
    }
    const HandKey triple_des{"00112233445566778899AABBCCDDEEFF"};
    const HandKey single_des{"0102030405060708"};
    const HandKey sm4{"0123456789ABCDEFFEDCBA9876543210", true};
    const HandKey wrong{repeated("5A", 16)};
};

TEST_F(AuthenticationTest, ThePublishedCryptogramIsTaken) {
    create_master_file();
    EXPECT_EQ(add_key("01", "39F0F0AA33", "0102030405060708"), "9000");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("008200010874B0047DD681D96D"), "63C2");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("008200010874B0047DD681D96C"), "9000");
}

TEST_F(AuthenticationTest, EachAlgorithmTakesFourBytesAndEight) {
    for (const HandKey& key : {triple_des, single_des, sm4}) {
        renew_with("maintenance-algorithm", key.sm4 ? "sm4" : "3des");
        create_master_file();
        EXPECT_EQ(add_key("01", "39F0F0AA33", key.hex), "9000");
        for (const std::string number : {"BB83BFF3", "BB83BFF301020304"}) {
            EXPECT_EQ(authenticate(key, number), "9000");
            EXPECT_EQ(authenticate(wrong, number), "63C2");
        }
        challenge("BB83BFF301020304");
        EXPECT_EQ(answer_with(key, "BB83BFF3"), "63C1") << "all eight count";
    }
}

TEST_F(AuthenticationTest, TriesAreCountedAndGivenBack) {
    create_master_file();
    EXPECT_EQ(add_key("01", "39F0F0AA33", triple_des.hex), "9000");
    EXPECT_EQ(add_key("02", "39F0F0AA53", triple_des.hex), "9000") << "three of five left";
    EXPECT_EQ(authenticate(wrong), "63C2");
    EXPECT_EQ(authenticate(wrong), "63C1");
    EXPECT_EQ(authenticate(triple_des), "9000");
    EXPECT_EQ(authenticate(wrong), "63C2");
    (void)card_->power_on();
    EXPECT_EQ(authenticate(wrong), "63C1") << "a reset gives none back";
    EXPECT_EQ(authenticate(wrong), "63C0");
    EXPECT_EQ(authenticate(triple_des), "6983");
    EXPECT_EQ(authenticate(wrong), "6983");
    EXPECT_EQ(authenticate(wrong, "BB83BFF3", "02"), "63C2");
    EXPECT_EQ(authenticate(triple_des, "BB83BFF3", "02"), "9000");
    EXPECT_EQ(authenticate(wrong, "BB83BFF3", "02"), "63C4");
}

TEST_F(AuthenticationTest, ARightOneLeadsToTheNextState) {
    create_master_file();
    EXPECT_EQ(add_key("01", "39F0F0A333", triple_des.hex), "9000") << "the low half counts: 3";
    done("80E00005072800010303FFFF"); // 03: the state of the MF is 3 or more
    done("80E0000607280001F433FFFF"); // F4 and 33
    EXPECT_EQ(exchange("00B0850001"), "6982");
    EXPECT_EQ(authenticate(wrong), "63C2");
    EXPECT_EQ(exchange("00B0850001"), "6982") << "a wrong one leads nowhere";
    EXPECT_EQ(authenticate(triple_des), "9000");
    EXPECT_EQ(exchange("00B0850001"), "009000");
    EXPECT_EQ(exchange("00B0860001"), "6982") << "4 at least";
    EXPECT_EQ(exchange("00D686000101"), "9000") << "3 exactly";
    EXPECT_EQ(authenticate(wrong), "63C2");
    EXPECT_EQ(exchange("00B0850001"), "009000") << "a wrong one takes nothing away";
    (void)card_->power_on();
    EXPECT_EQ(exchange("00B0850001"), "6982");
}

TEST_F(AuthenticationTest, TheStateIsOfTheDirectoryWhoseKeyItWas) {
    create_master_file();
    EXPECT_EQ(add_key("01", "39F0F01133", triple_des.hex), "9000");
    done("80E03F011138036FF0F095FFFFA00000000386980701");
    done("00A4040009A00000000386980701");
    done("80E00000073F010095F0FFFF");
    EXPECT_EQ(add_key("01", "39F0F02233", single_des.hex), "9000");
    EXPECT_EQ(add_key("02", "3901F04433", single_des.hex), "9000") << "used in state 1 of the MF";
    done("80E00005072800010102FFFF");
    done("80E0000607280001F2F0FFFF");
    EXPECT_EQ(authenticate(triple_des), "63C2") << "the key of the MF is not this one's";
    EXPECT_EQ(authenticate(single_des), "9000");
    EXPECT_EQ(exchange("00B0860001"), "009000");
    EXPECT_EQ(exchange("00B0850001"), "6982") << "01 asks for the MF";
    EXPECT_EQ(authenticate(single_des, "BB83BFF3", "02"), "6982");
    done("00A40000023F00");
    EXPECT_EQ(authenticate(triple_des), "9000");
    done("00A4040009A00000000386980701");
    EXPECT_EQ(exchange("00B0850001"), "009000") << "the MF's state stays";
    EXPECT_EQ(exchange("00B0860001"), "6982") << "that of the DF is lost with SELECT";
    EXPECT_EQ(authenticate(single_des, "BB83BFF3", "02"), "9000");
    EXPECT_EQ(exchange("00B0860001"), "009000") << "4 is 2 at least";
}

TEST_F(AuthenticationTest, AChallengeIsForTheNextCommandAlone) {
    create_master_file();
    EXPECT_EQ(add_key("01", "39F0F0AA33", triple_des.hex), "9000");
    EXPECT_EQ(answer_with(triple_des, "00000000"), "6984");
    EXPECT_EQ(authenticate(triple_des), "9000");
    EXPECT_EQ(answer_with(triple_des, "BB83BFF3"), "6984") << "spent";
    for (const char* between : {"00A40000023F00", "80CA000009", "00FF0000", "F0000000", "008400000C", "0082010108"}) {
        challenge("BB83BFF3");
        (void)exchange(between);
        EXPECT_EQ(answer_with(triple_des, "BB83BFF3"), "6984") << between;
    }
    challenge("BB83BFF3");
    (void)card_->reset();
    EXPECT_EQ(answer_with(triple_des, "BB83BFF3"), "6984") << "a reset";
    challenge("BB83BFF3");
    challenge("01020304");
    EXPECT_EQ(answer_with(triple_des, "BB83BFF3"), "63C2") << "the newer one counts";
    EXPECT_EQ(authenticate(triple_des), "9000");
    EXPECT_EQ(authenticate(wrong), "63C2") << "what had no challenge cost no try";
}

TEST_F(AuthenticationTest, TheRuleSaysHowLongAChallengeMayBe) {
    for (const auto& [choice, four, eight] :
         {std::tuple("both", "9000", "9000"), std::tuple("4", "9000", "6700"), std::tuple("8", "6700", "9000")}) {
        renew_with("challenge-length", choice);
        EXPECT_EQ(status(exchange("0084000004")), four);
        EXPECT_EQ(status(exchange("0084000008")), eight);
        for (const char* other : {"00840000", "0084000000", "0084000005", "0084000010"})
            EXPECT_EQ(exchange(other), "6700") << other;
        EXPECT_EQ(exchange("0084010004"), "6A86");
    }
}

TEST_F(AuthenticationTest, ExternalRefusesWhatItCannotDo) {
    create_master_file();
    EXPECT_EQ(add_key("01", "39F0F0AA33", triple_des.hex), "9000");
    EXPECT_EQ(add_key("02", "39F1F0AA33", triple_des.hex), "9000");
    EXPECT_EQ(add_key("03", "36F0F0FF33", triple_des.hex), "9000");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("00820001071122334455667788").substr(0, 2), "67");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("0082000107" + repeated("11", 7)), "6700");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("0082000110" + repeated("11", 16)), "6700");
    challenge("BB83BFF3");
    EXPECT_EQ(exchange("0082010108" + repeated("11", 8)), "6A86");
    EXPECT_EQ(authenticate(triple_des, "BB83BFF3", "02"), "6982");
    EXPECT_EQ(authenticate(triple_des, "BB83BFF3", "03"), "6A88") << "a maintenance key is none for this";
    EXPECT_EQ(authenticate(triple_des, "BB83BFF3", "07"), "6A88");
    EXPECT_EQ(authenticate(wrong), "63C2") << "none of these cost a try";
}

TEST_F(AuthenticationTest, ThePublishedInternalAuthentication) {
    create_master_file();
    EXPECT_EQ(add_key("01", "30F0F00001", "1122334455667788"), "9000");
    EXPECT_EQ(add_key("01", "31F0F00001", "1122334455667788"), "9000");
    EXPECT_EQ(add_key("01", "32F0F00001", "1122334455667788"), "9000");
    EXPECT_EQ(exchange("0088000108" + std::string("0102030405060708")), "178F59F8578E0D3F9000");
    EXPECT_EQ(exchange("0088010108" + std::string("178F59F8578E0D3F")), "01020304050607089000");
    EXPECT_EQ(exchange("0088020108" + std::string("0102030405060708")), "A82A8CEB9000");
}

TEST_F(AuthenticationTest, InternalEnciphersDeciphersAndMakesMacs) {
    create_master_file();
    for (const HandKey& key : {triple_des, single_des, sm4}) {
        const std::string id = key.sm4 ? "04" : size_of(key.hex);
        for (const std::string type : {"30", "31", "32"})
            EXPECT_EQ(add_key(id, type + "F0F000" + (key.sm4 ? "04" : "00"), key.hex), "9000");
        const auto block = key.block();
        const std::string data = "0102030405060708090A0B0C0D0E0F10111213141516171819" + repeated("77", 7);
        std::string enciphered;
        for (std::size_t at = 0; at < data.size(); at += 2 * block)
            enciphered += core::to_hex(by_hand::encipher(key, by_hand::bytes(data.substr(at, 2 * block))));
        EXPECT_EQ(exchange("008800" + id + "20" + data), enciphered + "9000");
        EXPECT_EQ(exchange("008801" + id + "20" + enciphered), data + "9000");
        for (const auto& text : {data, std::string("01"), data.substr(0, 2 * block)})
            EXPECT_EQ(exchange("008802" + id + size_of(text) + text), by_hand::mac(key, "00000000", text) + "9000");
        for (const std::string p1 : {"00", "01"})
            EXPECT_EQ(exchange("0088" + p1 + id + "07" + repeated("11", 7)), "6700") << "not whole blocks";
    }
}

TEST_F(AuthenticationTest, InternalRefusesWhatItCannotDo) {
    create_master_file();
    EXPECT_EQ(add_key("01", "30F0F00001", "1122334455667788"), "9000");
    EXPECT_EQ(add_key("02", "30F1F00001", "1122334455667788"), "9000");
    EXPECT_EQ(add_key("00", "3AF0F0A133", "123456FFFFFFFFFF"), "9000");
    EXPECT_EQ(exchange("00880001"), "6700");
    EXPECT_EQ(exchange("0088000100"), "6700");
    EXPECT_EQ(exchange("0088030108" + repeated("11", 8)), "6A86");
    EXPECT_EQ(exchange("0088000708" + repeated("11", 8)), "6A88");
    EXPECT_EQ(exchange("0088010108" + repeated("11", 8)), "6A88") << "the key of deciphering is another";
    EXPECT_EQ(exchange("0088020108" + repeated("11", 8)), "6A88") << "and so is that of MACs";
    EXPECT_EQ(exchange("0088000208" + repeated("11", 8)), "6982");
    EXPECT_EQ(exchange("0020000003123456"), "9000");
    EXPECT_EQ(status(exchange("0088000208" + repeated("11", 8))), "9000");
}

} // namespace
} // namespace tongka::simulator
