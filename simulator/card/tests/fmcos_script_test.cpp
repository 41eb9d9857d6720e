#include "simulator/card/tests/blank_card_fixture.hpp"

namespace tongka::simulator {
namespace {

/// What the manual of FMCOS writes into a blank card (standards.md 3.5; from a single source). The manual prints the
/// keys as patterns, and the lines for 3C, 3D and the PIN in part: those are filled in as their headers ask.
class FmcosScriptTest : public BlankCardTest {
protected:
    void SetUp() override {
        done("80E03F000D38FFFFF0F001FFFFFFFFFFFFFF");
        done("80E00000073F005001F0FFFF");
        done("80D401000D36F0F0FF33" + repeated("FF", 8));
        done("80D401001539F0F0AA33" + repeated("FF", 16));
        done("80E00001072A0213F000FFFF");
        done("00E200081361114F09A00000000386980701500450424F43");
        done("80E03F011138036FF0F095FFFFA00000000386980701");
        done("00A4040009A00000000386980701");
        done("80E00000073F018F95F0FFFF");
        done("80D401001534F0020001" + repeated("34", 16));
        done("80D401001536F002FF33" + repeated("36", 16));
        done("80D401001537F002FF33" + repeated("37", 16));
        done("80D401001538F002FF33" + repeated("38", 16));
        done("80D401001539F0024433" + repeated("39", 16));
        for (const std::string type : {"3E", "3F", "3D", "3C"})
            for (const std::string index : {"01", "02"})
                done("80D401" + index + "15" + type + "F0020001" + repeated(type + index, 8));
        done("80D401000D3AF0EF013312345FFFFFFFFFFF");
        done("80E0001507A8001EF0F0FFFF");
        done("80E0001607A80027F0F0FFFF");
        done("80E00017072805DCF0F0FFFF");
        done("80E00018072E0A17F1EFFFFF");
        done("80E00001072F0208F100FF18");
        done("80E00002072F0208F000FF18");
        card_->power_off();
        (void)card_->power_on();
    }
    void select() { done("00A4040009A00000000386980701"); }

    /// 3DES(K, input) under a key of the script, such as 3E01.
    static by_hand::HandKey session(const std::string& pattern, const std::string& input) {
        return by_hand::session({repeated(pattern, 8)}, input);
    }
    static std::string mac(const by_hand::HandKey& key, const std::string& data) {
        return by_hand::mac(key, "00000000", data);
    }
    /// DTK: its left half ⊕ its right half is 0.
    static std::string tac(const std::string& data) { return mac({repeated("00", 8)}, data); }

    /// Loads 00001000 and pays 00000300, with the keys of one index, on ED (01) or EP (02).
    void load_and_pay(const std::string& purse, const std::string& index) {
        const std::string terminal = "112233445566", moment = "20261122120000";
        const auto load = exchange("805000" + purse + "0B" + index + "00001000" + terminal + "10");
        ASSERT_EQ(load.substr(0, 16), "0000000000000001") << "nothing in it, counter 0, version 00, algorithm 01";
        const auto load_key = session("3F" + index, load.substr(16, 8) + "00008000");
        EXPECT_EQ(load.substr(24), mac(load_key, "0000000000001000" + purse + terminal) + "9000");
        EXPECT_EQ(exchange("805200000B" + moment + mac(load_key, "00001000" + purse + terminal + moment) + "04"),
                  tac("00001000000000001000" + purse + terminal + moment) + "9000");

        const std::string type = purse == "01" ? "05" : "06";
        const auto pay = exchange("805001" + purse + "0B" + index + "00000300" + terminal + "0F");
        ASSERT_EQ(pay.substr(0, 22), "0000100000000000000001");
        const auto pay_key = session("3E" + index, pay.substr(22, 8) + "00000007");
        const auto mac1 = mac(pay_key, "00000300" + type + terminal + moment);
        EXPECT_EQ(exchange("805401000F00000007" + moment + mac1 + "08"),
                  tac("00000300" + type + terminal + "00000007" + moment) + mac(pay_key, "00000300") + "9000");
        EXPECT_EQ(exchange("805C00" + purse + "04"), "00000D009000");

        EXPECT_EQ(exchange("002000000312345F"), "9000") << "the log asks for the PIN: right F1";
        EXPECT_EQ(exchange("00B201C417"), "000000000000000300" + type + terminal + moment + "9000");
        EXPECT_EQ(exchange("00B202C417"), "000000000000001000" + purse + terminal + moment + "9000");
    }
};

TEST_F(FmcosScriptTest, MakesACardThatAnswersAsTheManualShows) {
    // standards.md 3.2.
    EXPECT_EQ(exchange("00A40000023F00"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(exchange("00A404000E315041592E5359532E4444463031"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(exchange("00B2010C00"), "61114F09A00000000386980701500450424F439000");
    EXPECT_EQ(exchange("00A40000023F01"), "6F2E8409A00000000386980701A5219F0C1E" + repeated("00", 30) + "9000");
    EXPECT_EQ(exchange("805C000204"), "000000009000") << "everyone may see the EP";
    EXPECT_EQ(exchange("805C000104"), "6982") << "the ED asks for VERIFY: right F1";
    EXPECT_EQ(exchange("00B201C417"), "6982") << "and so does the log";
    EXPECT_EQ(exchange("002000000312345F"), "9000");
    EXPECT_EQ(exchange("805C000104"), "000000009000");
    EXPECT_EQ(exchange("00B201C417"), "6A83");
    EXPECT_EQ(exchange("00DC01C417" + repeated("00", 23)), "6982") << "EF: a log grows by transactions alone";
}

TEST_F(FmcosScriptTest, TheElectronicPurseIsLoadedAndPays) {
    select();
    load_and_pay("02", "01");
}

TEST_F(FmcosScriptTest, TheElectronicDepositDoesSoAfterVerify) {
    select();
    EXPECT_EQ(exchange("805000010B020000100011223344556610"), "6982");
    EXPECT_EQ(exchange("805001010B02000000001122334455660F"), "6982");
    EXPECT_EQ(exchange("002000000312345F"), "9000");
    load_and_pay("01", "02");
}

TEST_F(FmcosScriptTest, ThePublishedDataFileIsWrittenUnderTheMaintenanceKey) {
    select();
    const std::string content = "111122223333000603010006199808170000003019980815199812155566";
    EXPECT_EQ(exchange("00D695001E" + content), "6987") << "A8: with a MAC alone";
    EXPECT_EQ(send_sealed("04D69500", content, {repeated("36", 16)}), "9000");
    EXPECT_EQ(exchange("00B095001E"), content + "9000");
    EXPECT_EQ(exchange("00A40000023F01"), "6F2E8409A00000000386980701A5219F0C1E" + content + "9000");
}

} // namespace
} // namespace tongka::simulator
