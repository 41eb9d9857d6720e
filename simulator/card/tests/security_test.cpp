#include "core/crypto/secure_messaging.hpp"
#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

/// CHANGE PIN, RELOAD PIN, PIN UNBLOCK, APPLICATION BLOCK and UNBLOCK, CARD BLOCK (standards.md 4.1, 5.1).
class SecurityTest : public CardTest {
protected:
    SecurityTest() : CardTest(full_profile()) {}

    void with_rule(const char* rule, const char* choice) {
        ASSERT_TRUE(profile_.rules.set(rule, choice));
        insert({});
    }
    std::string verify(const std::string& pin) { return exchange("002000" + std::string("00") + size_of(pin) + pin); }
    static std::string size_of(const std::string& hex, std::size_t more = 0) {
        return core::to_hex(core::Bytes{static_cast<core::Byte>(hex.size() / 2 + more)});
    }
    std::string change(const std::string& data) { return exchange("805E0100" + size_of(data) + data); }
    std::string reload(const std::string& pin) {
        return exchange("805E0000" + size_of(pin, 4) + pin + mac(core::tac_key(key("DRPK", 0)), pin));
    }
    std::string wrong_reload() { return exchange("805E0000073344550000" + std::string("0000")); }
    std::string unblock_pin(const std::string& pin, const char* head = "84240000", const char* kind = "DPUK") {
        const auto under = key(kind, 0);
        const auto cryptogram = core::secure_messaging_encrypt(under, core::from_hex(pin).value()).value();
        return send_protected(head, core::to_hex(cryptogram), under);
    }
    void block_pin() {
        for (const char* answer : {"63C2", "63C1", "63C0", "6983"})
            EXPECT_EQ(verify("111111"), answer);
        EXPECT_EQ(verify("123456"), "6983") << "blocked, right or not";
    }
    std::string block(const char* head = "841E0000") { return send_protected(head, "", key("DAMK", 0)); }
    std::string unblock() { return send_protected("84180000", "", key("DAMK", 0)); }
    std::string wrong_unblock() {
        (void)exchange("0084000004");
        return exchange("841800000400000000");
    }
    std::string reselect() { return exchange("00A4040009A00000000386980701"); }
    static std::string status(const std::string& answer) { return answer.substr(answer.size() - 4); }
};

TEST_F(SecurityTest, ChangePinPutsTheNewOneInPlaceOfTheOld) {
    EXPECT_EQ(change("123456FF9876"), "9000");
    EXPECT_EQ(verify("9876"), "9000");
    EXPECT_EQ(verify("123456"), "63C2");
    EXPECT_EQ(change("9876FF112233445566"), "9000") << "and a longer one again";
    EXPECT_EQ(verify("112233445566"), "9000");
}

TEST_F(SecurityTest, AWrongOldPinCostsATryAndChangesNothing) {
    EXPECT_EQ(change("111111FF9876"), "63C2");
    EXPECT_EQ(change("111111FF9876"), "63C1");
    EXPECT_EQ(change("123456FF123456"), "9000") << "the right one gives the tries back";
    EXPECT_EQ(verify("111111"), "63C2");
    EXPECT_EQ(verify("111111"), "63C1");
    EXPECT_EQ(change("111111FF9876"), "63C0");
    EXPECT_EQ(change("123456FF9876"), "6983") << "a blocked PIN is not changed";
}

TEST_F(SecurityTest, ChangePinRefusesWhatAreNotTwoPins) {
    EXPECT_EQ(change("1234FF12"), "6700");
    EXPECT_EQ(change("112233445566FF11223344556677"), "6700");
    for (const char* data : {"123456789012", "FF12345678", "1234567890FF", "12FF345678", "112233445566FF11"})
        EXPECT_EQ(status(change(data)), "6A80") << data;
    EXPECT_EQ(exchange("805E010705123456FF9876").substr(0, 2) == "90", false);
    EXPECT_EQ(exchange("805E010706123456FF9876"), "9403") << "there is no PIN 07";
    EXPECT_EQ(verify("123456"), "9000");
}

TEST_F(SecurityTest, ReloadPinOpensABlockedPin) {
    block_pin();
    EXPECT_EQ(reload("334455"), "9000");
    EXPECT_EQ(verify("334455"), "9000");
    EXPECT_EQ(verify("123456"), "63C2");
}

TEST_F(SecurityTest, ReloadPinWithAWrongMacCountsTheTriesOfItsKey) {
    const auto whole_key = mac(key("DRPK", 0), "334455");
    EXPECT_EQ(exchange("805E000007334455" + whole_key), "9302") << "the key is folded";
    EXPECT_EQ(wrong_reload(), "9302");
    EXPECT_EQ(reload("334455"), "9000") << "a right one gives them back";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(wrong_reload(), "9302");
    EXPECT_EQ(reload("112233"), "6983");
    EXPECT_EQ(verify("334455"), "9000");
}

TEST_F(SecurityTest, ReloadPinLengthsAndKeys) {
    EXPECT_EQ(exchange("805E0000051200000000"), "6700");
    EXPECT_EQ(exchange("805E00000B1122334455667700000000"), "6700");
    EXPECT_EQ(exchange("805E00070733445500000000"), "9403");
}

TEST_F(SecurityTest, PinUnblockOpensABlockedPin) {
    block_pin();
    EXPECT_EQ(unblock_pin("123456"), "9000");
    EXPECT_EQ(verify("111111"), "63C2");
    EXPECT_EQ(verify("123456"), "9000");
    EXPECT_EQ(unblock_pin("998877"), "9000");
    EXPECT_EQ(verify("998877"), "9000") << "the PIN that was sent is the PIN (inferred)";
}

TEST_F(SecurityTest, PinUnblockAsksForChallengeAndMac) {
    block_pin();
    EXPECT_EQ(exchange("842400000C112233445566778800000000"), "6984");
    (void)exchange("0084000004");
    EXPECT_EQ(exchange("842400000C112233445566778800000000"), "6988");
    EXPECT_EQ(verify("123456"), "6983");
    EXPECT_EQ(unblock_pin("123456"), "9000");
}

TEST_F(SecurityTest, PinUnblockNamesItsKeyByTheRules) {
    with_rule("pin-unblock-key", "36");
    block_pin();
    EXPECT_EQ(unblock_pin("123456"), "6988");
    EXPECT_EQ(unblock_pin("123456", "84240000", "DAMK"), "9000");
    EXPECT_EQ(exchange("842400010C112233445566778800000000"), "6A86") << "the id stands in P1";
    EXPECT_EQ(exchange("842401000C112233445566778800000000"), "9403");
    with_rule("pin-unblock-parameters", "p2");
    EXPECT_EQ(exchange("842401000C112233445566778800000000"), "6A86") << "the id stands in P2";
    EXPECT_EQ(exchange("842400010C112233445566778800000000"), "9403");
}

TEST_F(SecurityTest, ABlockedApplicationDoesAFewThingsOnly) {
    const auto before = balance();
    EXPECT_EQ(block(), "9000");
    for (const char* command : {"805C000204", "00B095001E", "805001020B01000000010011223344550F", "0020000003123456",
                                "0088000108112233445566778800", "805E010007123456FF987654", "00D6960001AA"})
        EXPECT_EQ(exchange(command), "6A81") << command;
    EXPECT_EQ(block(), "6A81");
    EXPECT_EQ(status(exchange("0084000004")), "9000");
    EXPECT_EQ(exchange("80CA000009"), "90800960A7F716C6B49000");
    (void)card_->power_on();
    EXPECT_EQ(status(reselect()), "6283");
    EXPECT_EQ(reselect().substr(0, 2), "6F") << "with the FCI";
    EXPECT_EQ(status(exchange("00A40000023F00")), "9000") << "the MF is not blocked";
    (void)reselect();
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(status(reselect()), "9000");
    EXPECT_EQ(balance(), before);
    const auto init = exchange("805001020B01000000010011223344550F");
    EXPECT_EQ(part(init, 4, 2), "0006") << "the counters stay";
}

TEST_F(SecurityTest, SelectOfABlockedApplicationByTheRules) {
    with_rule("blocked-select", "6A81");
    EXPECT_EQ(block(), "9000");
    EXPECT_EQ(reselect(), "6A81");
    EXPECT_EQ(unblock(), "9000") << "it was selected all the same";
    for (const char* choice : {"9303", "6A81"}) {
        with_rule("permanently-blocked-select", choice);
        EXPECT_EQ(block("841E0001"), "9000");
        EXPECT_EQ(reselect(), choice);
        EXPECT_EQ(unblock(), "9303");
        EXPECT_EQ(balance(), "9303");
    }
}

TEST_F(SecurityTest, BlockingAsksForChallengeAndMac) {
    for (const char* head : {"841E000004", "8418000004", "8416000004"}) {
        EXPECT_EQ(exchange(std::string(head) + "00000000"), "6984") << head;
        (void)exchange("0084000004");
        EXPECT_EQ(exchange(std::string(head) + "00000000"), "6988") << head;
    }
    EXPECT_EQ(exchange("841E0002" + std::string("0400000000")), "6A86");
    EXPECT_EQ(exchange("841E0100" + std::string("0400000000")), "6A86");
    EXPECT_EQ(exchange("841800010400000000"), "6A86");
    EXPECT_EQ(exchange("841600010400000000"), "6A86");
    EXPECT_EQ(unblock(), "9000") << "an application that is not blocked too";
    EXPECT_EQ(balance().size(), 12U);
}

TEST_F(SecurityTest, WrongMacsOfApplicationBlockBlockItsKey) {
    for (int i = 0; i < 3; ++i) {
        (void)exchange("0084000004");
        EXPECT_EQ(exchange("841E00000400000000"), "6988");
    }
    EXPECT_EQ(block(), "6983");
    EXPECT_EQ(send_protected("84160000", "", key("DAMK", 0)), "6983");
    EXPECT_EQ(unblock(), "6983") << "its key is blocked";
    EXPECT_EQ(balance().size(), 12U);
}

TEST_F(SecurityTest, UnblockCountsItsOwnErrors) {
    EXPECT_EQ(block(), "9000");
    EXPECT_EQ(wrong_unblock(), "6988");
    EXPECT_EQ(wrong_unblock(), "6988");
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(block(), "9000") << "the key has all its tries";
    EXPECT_EQ(wrong_unblock(), "6988") << "the count began anew";
    EXPECT_EQ(wrong_unblock(), "6988");
    (void)card_->power_on();
    (void)reselect();
    EXPECT_EQ(wrong_unblock(), "9303") << "a reset gives none back";
    EXPECT_EQ(unblock(), "9303");
    EXPECT_EQ(reselect(), "9303");
    EXPECT_EQ(balance(), "9303");
}

TEST_F(SecurityTest, NothingIsDoneByABlockedCard) {
    EXPECT_EQ(send_protected("84160000", "", key("DAMK", 0)), "9000");
    for (int i = 0; i < 2; ++i) {
        for (const char* command : {"00A40000023F00", "0084000004", "80CA000009", "84180000040000000000", "805C000204",
                                    "00B095001E", "00FF0000", "F0000000", "805E0500"})
            EXPECT_EQ(exchange(command), "6A81") << command;
        (void)card_->power_on();
    }
}

TEST_F(SecurityTest, AlgorithmInP1) {
    with_rule("maintenance-algorithm-in-p1", "yes");
    EXPECT_EQ(block("841E0100"), "6A86") << "the key is no SM4 key";
    EXPECT_EQ(block("841E0000"), "9000");
    EXPECT_EQ(unblock(), "9000");
    ASSERT_TRUE(profile_.rules.set("maintenance-algorithm", "sm4"));
    for (auto& named : profile_.card.keys)
        if (named.kind == "DAMK" || named.kind == "DCMK") {
            std::array<core::Byte, 16> value{};
            std::ranges::copy(named.key.bytes(), value.begin());
            named.key = core::Key::sm4(value);
        }
    insert({});
    EXPECT_EQ(block("841E0100"), "9000") << "01 is SM4 (standards.md 9 row 23)";
    EXPECT_EQ(send_protected("84180100", "", key("DAMK", 0)), "9000");
    EXPECT_EQ(send_protected("84160100", "", key("DAMK", 0)), "9000");
}

TEST_F(SecurityTest, TheMasterFileIsNoApplication) {
    (void)exchange("00A40000023F00");
    EXPECT_EQ(send_protected("841E0000", "", key("DCMK", 0)), "6985");
    EXPECT_EQ(send_protected("84180000", "", key("DCMK", 0)), "6985");
    EXPECT_EQ(send_protected("84160000", "", key("DCMK", 0)), "9000") << "CARD BLOCK is at home there";
    EXPECT_EQ(reselect(), "6A81");
}

// Three GMACs were wrong; an unblocked application begins to count anew (CJ/T 304-2017 8.4.8.13).
TEST_F(SecurityTest, UnblockSetsTheCountersOfWrongGmacsBack) {
    {
        Transaction transaction(card_->memory());
        card_->purse(PurseId::purse)->set_unlock_errors(transaction, 2);
        card_->purse(PurseId::deposit)->set_unlock_errors(transaction, 1);
        ASSERT_TRUE(transaction.commit());
    }
    EXPECT_EQ(block(), "9000");
    EXPECT_EQ(card_->purse(PurseId::purse)->lock().unlock_errors, 2);
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(card_->purse(PurseId::purse)->lock().unlock_errors, 0);
    EXPECT_EQ(card_->purse(PurseId::deposit)->lock().unlock_errors, 0);
}

// Whatever the write at which the power goes: another state than before and after the command is one commit of it, and
// a wrong secret has cost its try or the comparison did not come.
class SecurityPowerCutTest : public SecurityTest {
protected:
    /// States that the commits of `command` go through, and those after each cut.
    void cut_everywhere(const std::function<void()>& prepare, const std::function<std::string()>& command,
                        const char* right_status) {
        insert({});
        prepare();
        std::vector<core::Bytes> states{card_->memory().image()};
        const auto before = card_->memory().writes();
        card_->memory().keep_with([&](core::BytesView image) {
            states.push_back(core::to_bytes(image));
            return true;
        });
        EXPECT_EQ(command(), right_status);
        const auto writes = card_->memory().writes() - before;
        ASSERT_GT(writes, 0U);
        std::size_t last = 0;
        for (std::uint64_t at = 0; at < writes; ++at)
            for (const bool after : {false, true}) {
                insert({});
                prepare();
                card_->cut_power_at(Chip::Cut{at, after});
                EXPECT_EQ(command(), "");
                (void)card_->power_on();
                const auto found = std::find(states.begin() + static_cast<std::ptrdiff_t>(last), states.end(),
                                             card_->memory().image());
                ASSERT_NE(found, states.end()) << at << after;
                last = static_cast<std::size_t>(found - states.begin());
            }
        EXPECT_EQ(last, states.size() - 1);
    }
};

TEST_F(SecurityPowerCutTest, OldStateOrNew) {
    const auto nothing = [] {};
    const auto blocked = [&] { (void)block(); };
    const auto two_wrong = [&] {
        (void)wrong_unblock();
        (void)wrong_unblock();
    };
    cut_everywhere(
        nothing, [&] { return change("123456FF9876"); }, "9000");
    cut_everywhere(
        nothing, [&] { return change("111111FF9876"); }, "63C2");
    cut_everywhere([&] { (void)verify("111111"); }, [&] { return change("123456FF9876"); }, "9000");
    cut_everywhere([&] { block_pin(); }, [&] { return reload("334455"); }, "9000");
    cut_everywhere(
        nothing, [&] { return wrong_reload(); }, "9302");
    cut_everywhere([&] { block_pin(); }, [&] { return unblock_pin("998877"); }, "9000");
    cut_everywhere(
        nothing, [&] { return block(); }, "9000");
    cut_everywhere(
        nothing, [&] { return block("841E0001"); }, "9000");
    cut_everywhere(
        blocked, [&] { return unblock(); }, "9000");
    cut_everywhere(
        blocked, [&] { return wrong_unblock(); }, "6988");
    cut_everywhere(
        two_wrong, [&] { return wrong_unblock(); }, "9303");
    cut_everywhere(
        nothing, [&] { return send_protected("84160000", "", key("DAMK", 0)); }, "9000");
}

} // namespace
} // namespace tongka::simulator
