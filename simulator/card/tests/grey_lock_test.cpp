#include "simulator/card/tests/grey_lock_fixture.hpp"

namespace tongka::simulator {
namespace {

struct FullGreyLockTest : GreyLockTest {
    FullGreyLockTest() : GreyLockTest(full_profile()) {}
};

TEST_F(GreyLockTest, LocksAndAnswersGtacAndMac2) {
    const auto init = begin_lock();
    EXPECT_EQ(init, "00000064"
                    "0006"
                    "000000"
                    "01"
                    "00"
                    "47800CF7"
                    "9000");
    const auto answer = finish_lock(init);
    const auto gtac = mac(core::tac_key(key("DTK", 0)), "00000064"
                                                        "0006"
                                                        "92"
                                                        "001122334455"
                                                        "01020029"
                                                        "20261122120000");
    const auto mac2 = mac(grey_session("47800CF70006"), "00000064"
                                                        "0006");
    EXPECT_EQ(answer, gtac + mac2 + "9000");
    EXPECT_EQ(proof(), "10"
                       "92"
                       "02"
                       "00000064"
                       "0006"
                       "001122334455"
                       "01020029"
                       "20261122120000" +
                           gtac + "9000");
    EXPECT_EQ(balance(), "000000649000") << "nothing is debited yet";
    EXPECT_EQ(log(), "6A83") << "and nothing is logged";
}

// The same key by single DES and 3DES blocks alone, so that not both sides rest on session_key.
TEST_F(GreyLockTest, TheSessionKeyHasTwoSteps) {
    const core::Cipher purchase_key(key("DPK", 1));
    auto block = core::from_hex("47800CF700060029").value();
    purchase_key.encrypt_block(block.data());
    const core::Cipher temporary(core::Key::des(std::span<const core::Byte, 8>(block)));
    auto second = core::from_hex("CAFEF00D80000000").value();
    temporary.encrypt_block(second.data());
    const core::Key key = core::Key::des(std::span<const core::Byte, 8>(second));
    (void)begin_lock();
    const auto answer =
        exchange("E07C08001301020029CAFEF00D20261122120000" + mac(key, "9200112233445520261122120000") + "08");
    EXPECT_EQ(part(answer, 4, 6), mac(key, "000000640006") + "9000");
}

TEST_F(GreyLockTest, AWrongMac1LocksNothing) {
    (void)begin_lock();
    EXPECT_EQ(exchange("E07C08001301020029CAFEF00D202611221200000000000008"), "9302");
    EXPECT_EQ(status(), "00");
    EXPECT_EQ(exchange("E07C08001301020029CAFEF00D202611221200000000000008"), "6901") << "the transaction is dropped";
    with_rule("wrong-mac1", "kept");
    const auto init = begin_lock();
    EXPECT_EQ(exchange("E07C08001301020029CAFEF00D202611221200000000000008"), "9302");
    EXPECT_EQ(finish_lock(init).size(), 20U);
}

TEST_F(GreyLockTest, ALockedPurseRefusesWhatIsNoUnlock) {
    (void)lock();
    for (const char* initialize : {"805000020B010000000100112233445510", "805001020B01000000010011223344550F",
                                   "805003020B01000000010011223344550F", "E07A080207010011223344550F"}) {
        EXPECT_EQ(exchange(initialize), "6985") << initialize;
        EXPECT_EQ(card_->last_reason().text, "the purse is under grey lock");
    }
    EXPECT_EQ(balance(), "000000649000") << "the balance can be read";
    power_again();
    EXPECT_EQ(exchange("805001020B01000000010011223344550F"), "6985") << "without power too";
    with_rule("locked-purchase", "9406");
    (void)lock();
    EXPECT_EQ(exchange("805001020B01000000010011223344550F"), "9406");
}

TEST_F(FullGreyLockTest, TheOtherPurseGoesOn) {
    ASSERT_EQ(lock().size(), 20U);
    ASSERT_EQ(exchange("0020000003123456"), "9000");
    const std::string buy_from_deposit = "805001010B01000000010011223344550F";
    EXPECT_EQ(exchange(buy_from_deposit).size(), 34U);
    EXPECT_EQ(exchange("805001020B01000000010011223344550F"), "6985") << "not by way of the deposit's INITIALIZE";
    (void)exchange(buy_from_deposit);
    EXPECT_EQ(unlock("00000001").size(), 12U) << "an INITIALIZE of the deposit ends, the unlock acts";
    ASSERT_EQ(lock().size(), 20U);
    ASSERT_EQ(begin_online_unlock().size(), 40U);
    EXPECT_EQ(exchange(buy_from_deposit).size(), 34U) << "an INITIALIZE FOR GREY UNLOCK ends";
    EXPECT_EQ(status(), "10");
}

TEST_F(FullGreyLockTest, TheDepositIsLockedUnderItsOwnTypes) {
    ASSERT_EQ(exchange("0020000003123456"), "9000");
    ASSERT_EQ(finish_lock(begin_lock("01"), "91").size(), 20U);
    EXPECT_EQ(part(proof(), 0, 9), "10"
                                   "91"
                                   "01"
                                   "000003E8"
                                   "0009");
    EXPECT_EQ(exchange("805001010B01000000010011223344550F"), "6985");
    EXPECT_EQ(exchange("805001020B01000000010011223344550F").size(), 34U) << "the purse goes on";
    EXPECT_EQ(unlock("00000001", "0009", "01").size(), 12U);
    EXPECT_EQ(part(proof(), 0, 3), "01"
                                   "93"
                                   "01");
    (void)lock();
    EXPECT_EQ(part(proof(), 0, 3), "10"
                                   "92"
                                   "02")
        << "the purse is told of first";
}

TEST_F(GreyLockTest, TheUnlockDebitsAtAnotherTerminalAfterPowerWasGone) {
    (void)lock();
    power_again();
    const auto tac = mac(core::tac_key(key("DTK", 0)), "0000000A"
                                                       "93"
                                                       "998877665544"
                                                       "0000002A"
                                                       "20261123130000");
    EXPECT_EQ(unlock("0000000A"), tac + "9000");
    EXPECT_EQ(balance(), "0000005A9000");
    EXPECT_EQ(proof(), "01"
                       "93"
                       "02"
                       "0000005A"
                       "0006"
                       "998877665544"
                       "0000002A"
                       "20261123130000" +
                           tac + "9000");
    EXPECT_EQ(log(), "0006"
                     "000000"
                     "0000000A"
                     "93"
                     "998877665544"
                     "20261123130000"
                     "9000");
    EXPECT_EQ(exchange("805A009302000708"), mac(gmac_key, "0000000A") + tac + "9000");
    EXPECT_EQ(offline_counter(), "0007");
    EXPECT_EQ(unlock("0000000A"), "6985") << "the lock is gone";
}

TEST_F(GreyLockTest, AnUnlockOfNothingOnlyUnlocks) {
    (void)lock();
    EXPECT_EQ(unlock("00000000").size(), 12U);
    EXPECT_EQ(balance(), "000000649000");
    EXPECT_EQ(status(), "01");
    EXPECT_EQ(log().substr(0, 20), "0006"
                                   "000000"
                                   "00000000"
                                   "93");
}

TEST_F(GreyLockTest, CounterThenBalanceThenGmac) {
    EXPECT_EQ(unlock_with("00000065", "0007", "00000000"), "6985") << "not locked";
    (void)lock();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(unlock_with("00000065", "0007", "00000000"), "9406");
        EXPECT_EQ(unlock_with("00000065", "0006", "00000000"), "9401");
    }
    EXPECT_EQ(unlock_with("00000064", "0006", "00000000"), "9302");
    EXPECT_EQ(unlock("00000064").size(), 12U) << "four wrong counters and amounts have cost no try";
    EXPECT_EQ(balance(), "000000009000");
}

TEST_F(GreyLockTest, TheThirdWrongGmacInARowBlocksTheApplication) {
    (void)lock();
    EXPECT_EQ(unlock_with("00000001", "0006", "00000000"), "9302");
    power_again();
    EXPECT_EQ(unlock_with("00000001", "0006", "00000000"), "9302");
    EXPECT_EQ(unlock("00000001").size(), 12U) << "a right one sets the counter back";
    EXPECT_EQ(offline_counter(), "0007");
    (void)lock();
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(unlock_with("00000001", "0007", "00000000"), "9302");
    EXPECT_EQ(balance(), "000000639000") << "not blocked yet";
    EXPECT_EQ(unlock_with("00000001", "0007", "00000000"), "9302");
    EXPECT_EQ(unlock("00000001", "0007"), "6A81");
    EXPECT_EQ(balance(), "6A81");
    EXPECT_EQ(blocking(card_->files(), card_->selection().directory), Blocking::temporary);
}

TEST_F(GreyLockTest, ARightGmacAtTheLastTryUnlocks) {
    (void)lock();
    for (int i = 0; i < 2; ++i)
        (void)unlock_with("00000001", "0006", "00000000");
    EXPECT_EQ(unlock("00000001").size(), 12U);
    EXPECT_EQ(balance(), "000000639000") << "the application is not blocked";
    EXPECT_EQ(card_->purse(PurseId::purse)->lock().unlock_errors, 0);
}

TEST_F(GreyLockTest, NeitherAnotherLockNorAnOnlineUnlockForgivesErrors) {
    (void)lock();
    for (int i = 0; i < 2; ++i)
        (void)unlock_with("00000001", "0006", "00000000");
    ASSERT_EQ(finish_online_unlock(begin_online_unlock(), "00000000").size(), 12U);
    (void)lock();
    EXPECT_EQ(unlock_with("00000001", "0006", "00000000"), "9302");
    EXPECT_EQ(balance(), "6A81");
}

TEST_F(GreyLockTest, ThePurchaseLimitsAndFormsHold) {
    EXPECT_EQ(exchange("E07A08020709"
                       "001122334455"
                       "0F"),
              "9403");
    EXPECT_EQ(exchange("E07A08010701"
                       "001122334455"
                       "0F"),
              "6A82");
    EXPECT_EQ(exchange("E07A08030701"
                       "001122334455"
                       "0F"),
              "6A86");
    EXPECT_EQ(exchange("E07A08020601"
                       "0011223344"
                       "0F"),
              "6700");
    EXPECT_EQ(exchange("E07A08020701"
                       "001122334455"
                       "10"),
              "6C0F");
    EXPECT_EQ(exchange("E07A09020701"
                       "001122334455"
                       "12"),
              "6985");
    EXPECT_EQ(card_->last_reason().text, "the purse is not under grey lock");
    EXPECT_EQ(exchange("E07C080113" + std::string(38, '0') + "08"), "6A86");
    EXPECT_EQ(exchange("E07C080013" + std::string(38, '0') + "08"), "6901");
    EXPECT_EQ(exchange("E07E09000F" + std::string(30, '0') + "04"), "6901");
    EXPECT_EQ(exchange("E07E08021A" + std::string(52, '0') + "04"), "6700");
    EXPECT_EQ(exchange("E07E08031B" + std::string(54, '0') + "04"), "6A86");
    EXPECT_EQ(exchange("E07E08011B" + std::string(54, '0') + "04"), "6A82");
    EXPECT_EQ(exchange("E0CA02001E"), "6A86");
    EXPECT_EQ(exchange("E0CA00001D"), "6C1E");
    (void)exchange("00A40000023F00");
    EXPECT_EQ(proof(), "6A82");
}

TEST_F(GreyLockTest, AnotherCommandBeforeGreyLockEndsIt) {
    const auto init = begin_lock();
    (void)balance();
    EXPECT_EQ(finish_lock(init), "6901");
    EXPECT_EQ(status(), "00");
}

TEST_F(GreyLockTest, AfterTheUnlockTheTacWaitsToBeRead) {
    EXPECT_EQ(proof("01"), "000002" + std::string(54, '0') + "9000");
    (void)lock();
    EXPECT_EQ(proof("01").substr(0, 2), "10") << "a lock is not cleared by reading";
    EXPECT_EQ(status(), "10");
    (void)unlock("00000001");
    power_again();
    const auto waiting = proof();
    EXPECT_EQ(proof("01"), waiting) << "told once more, and cleared";
    EXPECT_EQ(proof(), "00" + waiting.substr(2)) << "what it was can still be read";
}

TEST_F(GreyLockTest, AnUnreadTacRefusesALockByTheRule) {
    (void)lock();
    (void)unlock("00000001");
    EXPECT_EQ(lock().size(), 20U);
    with_rule("tac-unread", "blocks");
    (void)lock();
    (void)unlock("00000001");
    EXPECT_EQ(begin_lock(), "6985");
    EXPECT_EQ(pay("00000001").substr(16), "9000") << "a purchase goes on";
    (void)proof("01");
    EXPECT_EQ(begin_lock().size(), 34U);
}

TEST_F(GreyLockTest, TheCounterCountsAtTheLockByTheRule) {
    with_rule("grey-lock-counter", "lock");
    (void)lock();
    EXPECT_EQ(part(begin_online_unlock(), 4, 2), "0007");
    EXPECT_EQ(unlock("00000001", "0007"), "9406") << "it is the lock's counter that is meant";
    EXPECT_EQ(unlock("00000001").size(), 12U);
    EXPECT_EQ(offline_counter(), "0007");
    EXPECT_EQ(log().substr(0, 4), "0006");
}

TEST_F(GreyLockTest, TheTypeOfAnUnlockIsARule) {
    with_rule("unlock-type", "by-purse");
    (void)lock();
    EXPECT_EQ(unlock("0000000A"), mac(core::tac_key(key("DTK", 0)), "0000000A"
                                                                    "94"
                                                                    "998877665544"
                                                                    "0000002A"
                                                                    "20261123130000") +
                                      "9000");
    EXPECT_EQ(part(proof(), 1, 1), "94");
}

TEST_F(GreyLockTest, ShortAnswersByTheRule) {
    with_rule("purchase-init-overdraft", "no");
    EXPECT_EQ(exchange("E07A080207010011223344550C"), "00000064"
                                                      "0006"
                                                      "01"
                                                      "00"
                                                      "47800CF7"
                                                      "9000");
}

TEST_F(GreyLockTest, TheIssuerUnlocksOnLine) {
    (void)lock();
    power_again();
    card_->script_random({core::from_hex("A1B2C3D4").value()});
    const auto init = begin_online_unlock();
    const auto session_key = session("DLK", "A1B2C3D4"
                                            "0000"
                                            "8000");
    EXPECT_EQ(init, "00000064"
                    "0006"
                    "0000"
                    "01"
                    "00"
                    "A1B2C3D4" +
                        mac(session_key, "00000064"
                                         "0006"
                                         "96"
                                         "001122334455") +
                        "9000");
    const auto tac = mac(core::tac_key(key("DTK", 0)), "0000005A"
                                                       "0000"
                                                       "0000000A"
                                                       "96"
                                                       "001122334455"
                                                       "20261123130000");
    EXPECT_EQ(finish_online_unlock(init, "0000000A"), tac + "9000");
    EXPECT_EQ(balance(), "0000005A9000");
    EXPECT_EQ(proof(), "00"
                       "96"
                       "02"
                       "0000005A"
                       "0006"
                       "001122334455"
                       "00000000"
                       "20261123130000" +
                           tac + "9000");
    EXPECT_EQ(log(), "0000"
                     "000000"
                     "0000000A"
                     "96"
                     "001122334455"
                     "20261123130000"
                     "9000");
    EXPECT_EQ(part(exchange("805A009602000108"), 4, 6), tac + "9000");
    EXPECT_EQ(part(exchange("805000020B010000000100112233445510"), 4, 2), "0001") << "counted on line";
    EXPECT_EQ(offline_counter(), "0006");
}

TEST_F(GreyLockTest, TheManualsInstructionByteWorksToo) {
    (void)lock();
    EXPECT_EQ(finish_online_unlock(begin_online_unlock(), "00000000", "E07C0900").size(), 12U);
    EXPECT_EQ(status(), "00");
}

TEST_F(GreyLockTest, AWrongMac2OfTheIssuerLeavesTheLock) {
    (void)lock();
    (void)begin_online_unlock();
    EXPECT_EQ(exchange("E07E09000F"
                       "00000001"
                       "20261123130000"
                       "00000000"
                       "04"),
              "9302");
    EXPECT_EQ(finish_online_unlock(begin_online_unlock(), "00000065"), "9401");
    EXPECT_EQ(status(), "10");
    EXPECT_EQ(balance(), "000000649000");
}

TEST_F(GreyLockTest, AnUnlockInBetweenEndsTheOnlineUnlock) {
    with_rule("interposed-command", "keeps");
    (void)lock();
    const auto init = begin_online_unlock();
    (void)unlock("00000001");
    EXPECT_EQ(finish_online_unlock(init, "00000001"), "6901");
    EXPECT_EQ(balance(), "000000639000") << "debited once";
}

TEST_F(GreyLockTest, UnderSm4BothStepsAreThoseOfSm4) {
    const auto sm4 = [](const core::Key& key) { return core::Key::sm4(std::span<const core::Byte, 16>(key.bytes())); };
    for (auto& stored : profile_.card.keys)
        stored.key = sm4(stored.key);
    ASSERT_TRUE(profile_.rules.set("maintenance-algorithm", "sm4"));
    insert({});
    auto block = core::from_hex("47800CF70006"
                                "0029"
                                "B87FF308FFF9"
                                "FFD6")
                     .value();
    core::Cipher(key("DPK", 1)).encrypt_block(block.data());
    auto second = core::from_hex("CAFEF00D80000000"
                                 "35010FF27FFFFFFF")
                      .value();
    core::Cipher(core::Key::sm4(std::span<const core::Byte, 16>(block))).encrypt_block(second.data());
    const core::Key session_key = core::Key::sm4(std::span<const core::Byte, 16>(second));
    EXPECT_EQ(part(begin_lock(), 9, 2), "0104");
    const auto answer =
        exchange("E07C08001301020029CAFEF00D20261122120000" + mac(session_key, "9200112233445520261122120000") + "08");
    EXPECT_EQ(answer, mac(key("DTK", 0), "000000640006920011223344550102002920261122120000") +
                          mac(session_key, "000000640006") + "9000");
    gmac_key = session_key;
    EXPECT_EQ(unlock("00000001").size(), 12U);
}

} // namespace
} // namespace tongka::simulator
