#include "core/crypto/secure_messaging.hpp"
#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

class SecurityTest : public CardTest {
protected:
    SecurityTest() : CardTest(full_profile()) {}

    std::string block(const char* p2 = "00") { return send_protected(std::string("841E00") + p2, "", maintenance); }
    std::string unblock() { return send_protected("84180000", "", maintenance); }
    std::string wrong_unblock() {
        (void)exchange("0084000004");
        return exchange("841800000400000000");
    }
    std::string application() { return exchange("00A4040009A00000000386980701"); }
    static std::string status(const std::string& answer) { return answer.substr(answer.size() - 4); }
    std::string reload(const std::string& pin, const std::string& spoilt = "") {
        const auto sum = mac(core::tac_key(key("DRPK", 0)), pin);
        const auto size = core::to_hex(core::Bytes{static_cast<core::Byte>(pin.size() / 2 + 4)});
        return exchange("805E0000" + size + pin + (spoilt.empty() ? sum : spoilt));
    }
    void block_pin() {
        for (const char* left : {"63C2", "63C1", "63C0"})
            ASSERT_EQ(exchange("0020000003111111"), left);
        ASSERT_EQ(exchange("0020000003123456"), "6983");
    }

    core::Key maintenance = key("DAMK", 0);
};

TEST_F(SecurityTest, ABlockedApplicationAnswersSelectWith6283AndNothingElse) {
    EXPECT_EQ(block(), "9000");
    EXPECT_EQ(balance(), "6A81");
    EXPECT_EQ(exchange("80CA000009").size(), 22U) << "GET MESSAGE works everywhere";
    const auto selected = application();
    EXPECT_EQ(selected.substr(0, 2) + status(selected), "6F6283") << "with its FCI";
    EXPECT_EQ(balance(), "6A81");
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(status(application()), "9000");
    EXPECT_EQ(balance(), "000000649000") << "blocking does not touch the purse";
    EXPECT_EQ(unblock(), "9000") << "also where nothing is blocked";
}

TEST_F(SecurityTest, BlockingWithARightMacAlone) {
    EXPECT_EQ(exchange("841E000004AABBCCDD"), "6984") << "no GET CHALLENGE before it";
    (void)exchange("0084000004");
    EXPECT_EQ(exchange("841E000004AABBCCDD"), "6988");
    EXPECT_EQ(exchange("841E00020400000000"), "6A86");
    EXPECT_EQ(exchange("841E0000"), "6700");
    EXPECT_EQ(balance(), "000000649000");
    EXPECT_EQ(block(), "9000") << "a right MAC gives the try back";
}

TEST_F(SecurityTest, AnApplicationBlockedForGoodStaysSo) {
    EXPECT_EQ(block("01"), "9000");
    EXPECT_EQ(application(), "9303");
    EXPECT_EQ(balance(), "9303");
    EXPECT_EQ(unblock(), "9303");
}

TEST_F(SecurityTest, TheThirdWrongUnblockBlocksForGood) {
    EXPECT_EQ(block(), "9000");
    EXPECT_EQ(wrong_unblock(), "6988");
    EXPECT_EQ(wrong_unblock(), "6988");
    EXPECT_EQ(unblock(), "9000") << "a right one sets the count back";
    EXPECT_EQ(wrong_unblock(), "6988");
    EXPECT_EQ(wrong_unblock(), "6988");
    EXPECT_EQ(wrong_unblock(), "9303");
    EXPECT_EQ(unblock(), "9303");
    EXPECT_EQ(application(), "9303");
}

TEST_F(SecurityTest, ACutGivesNoUnblockBack) {
    for (std::uint64_t at = 0;; ++at) {
        insert({});
        (void)wrong_unblock();
        (void)wrong_unblock();
        (void)exchange("0084000004");
        card_->cut_power_at(Chip::Cut{at, true});
        const auto answer = exchange("841800000400000000");
        if (!answer.empty())
            break;
        (void)card_->power_on();
        const bool blocked = status(application()) == "9303";
        // Once the mark of the transaction stands, the third failure has happened.
        EXPECT_EQ(blocked, at >= 2) << at;
    }
}

TEST_F(SecurityTest, ABlockedCardAnswersNothingElse) {
    EXPECT_EQ(exchange("00A40000023F00").substr(0, 2), "6F");
    EXPECT_EQ(send_protected("84160000", "", maintenance), "6988") << "in the MF another key counts";
    EXPECT_EQ(send_protected("84160000", "", key("DCMK", 0)), "9000");
    EXPECT_EQ(application(), "6A81");
    EXPECT_EQ(exchange("0084000004"), "6A81");
    card_->power_off();
    (void)card_->power_on();
    EXPECT_EQ(exchange("00A40000023F00"), "6A81");
}

TEST_F(SecurityTest, ThePinIsChangedWithTheOldOne) {
    EXPECT_EQ(exchange("805E010007123456FF654321"), "9000");
    EXPECT_EQ(exchange("0020000003123456"), "63C2");
    EXPECT_EQ(exchange("0020000003654321"), "9000");
    EXPECT_EQ(exchange("805E010007111111FF123456"), "63C2");
    EXPECT_EQ(exchange("805E01000565FF654321"), "6A80") << "no old PIN of two bytes";
    EXPECT_EQ(exchange("805E010107654321FF123456"), "9403");
    EXPECT_EQ(exchange("805E010004654321FF"), "6700");
    EXPECT_EQ(exchange("805E010006654321FF1234"), "9000") << "another length";
    EXPECT_EQ(exchange("00200000021234"), "9000");
}

TEST_F(SecurityTest, TheIssuerReloadsThePin) {
    block_pin();
    EXPECT_EQ(reload("223344", "00000000"), "9302");
    EXPECT_EQ(exchange("0020000003223344"), "6983");
    EXPECT_EQ(reload("223344"), "9000");
    EXPECT_EQ(exchange("0020000003111111"), "63C2") << "it has all its tries again";
    EXPECT_EQ(exchange("0020000003223344"), "9000");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(reload("223344", "00000000"), "9302");
    EXPECT_EQ(reload("223344"), "6983") << "the key for reloading has tries as well";
}

TEST_F(SecurityTest, TheIssuerUnblocksThePin) {
    block_pin();
    const auto unblocking = key("DPUK", 0);
    const auto sealed =
        core::to_hex(core::secure_messaging_encrypt(unblocking, core::from_hex("123456").value()).value());
    (void)exchange("0084000004");
    EXPECT_EQ(exchange("842400000C" + sealed + "00000000"), "6988");
    EXPECT_EQ(exchange("0020000003123456"), "6983");
    EXPECT_EQ(send_protected("84240000", sealed, unblocking), "9000");
    EXPECT_EQ(exchange("0020000003123456"), "9000");
    EXPECT_EQ(send_protected("84240001", sealed, unblocking), "6A86") << "the PIN stands in P1";
    EXPECT_EQ(send_protected("84240100", sealed, unblocking), "9403");
}

TEST_F(SecurityTest, WhereTheUnblockFindsItsPinAndKeyIsARule) {
    ASSERT_TRUE(profile_.rules.set("pin-unblock-parameters", "p2"));
    ASSERT_TRUE(profile_.rules.set("pin-unblock-key", "36"));
    insert({});
    const auto sealed =
        core::to_hex(core::secure_messaging_encrypt(maintenance, core::from_hex("123456").value()).value());
    EXPECT_EQ(send_protected("84240000", sealed, maintenance), "9000");
    EXPECT_EQ(send_protected("84240001", sealed, maintenance), "9403");
    EXPECT_EQ(send_protected("84240100", sealed, maintenance), "6A86");
}

TEST_F(SecurityTest, AfterABlockSelectGoesByTheRules) {
    ASSERT_TRUE(profile_.rules.set("blocked-select", "6A81"));
    ASSERT_TRUE(profile_.rules.set("permanently-blocked-select", "6A81"));
    insert({});
    EXPECT_EQ(block(), "9000");
    EXPECT_EQ(application(), "6A81");
    EXPECT_EQ(unblock(), "9000") << "the application is the current one all the same";
    EXPECT_EQ(block("01"), "9000");
    EXPECT_EQ(application(), "6A81");
}

} // namespace
} // namespace tongka::simulator
