#include "simulator/psam/tests/psam_fixture.hpp"

namespace tongka::simulator {
namespace {

/// The grey lock between a simulated card and the PSAM (standards.md 4.2, 4.3, 5.1, 5.2): 100 in the purse, of which 30
/// are spent in the end.
class GreyLockSamTest : public PsamCommandTest {
protected:
    void SetUp() override { begin_with_a_card(); }

    void begin_with_a_card() {
        insert_psam();
        card_ = make_card(profile_, std::make_unique<core::SeededRandom>(2)).value();
        (void)card_->power_on();
        (void)ask("00A4040009A00000000386980701");
        EXPECT_EQ(accept_card(), "9000");
        init_ = data_of(ask("E07A08020701" + std::string(terminal) + "0F"));
        ASSERT_EQ(init_.size(), 30U);
    }
    std::string ask(const std::string& hex) { return core::to_hex(card_->exchange(by_hand::bytes(hex))); }
    std::string random() const { return init_.substr(22, 8); }
    std::string balance() const { return init_.substr(0, 8); }
    std::string offline() const { return init_.substr(8, 4); }

    std::string begin_lock() {
        return exchange("E040000024" + random() + offline() + balance() + "92" + moment + "0100" + asn + asn);
    }
    std::string begin_lock_of_two_levels() {
        return exchange("E0400000" +
                        with_length(random() + offline() + balance() + "92" + moment + "0100" + asn + asn + city));
    }
    /// Lock and MAC2, up to the card's answer.
    void lock() {
        begun_ = data_of(fetch(begin_lock_of_two_levels()));
        ASSERT_EQ(begun_.size(), 24U);
        const auto answer = data_of(ask("E07C080013" + begun_.substr(0, 16) + moment + begun_.substr(16) + "08"));
        mac2_ = answer.substr(8);
    }
    std::string certify() { return exchange("E042000004" + mac2_); }
    std::string release(const std::string& amount = "0000001E") {
        return exchange("E04400000F92" + std::string(asn) + offline() + amount);
    }
    std::string unlock(const std::string& gmac) {
        return ask("E07E08021B0000001E" + offline() + terminal + "0000002A" + "20081010120000" + gmac + "04");
    }
    by_hand::HandKey grey_session() const {
        const auto card_key = by_hand::diversified(sam_keys::purchase, {city, asn});
        const auto temporary = by_hand::session_of(card_key, random() + offline() + begun_.substr(4, 4));
        return by_hand::session_of(temporary, begun_.substr(8, 8) + "80000000");
    }

    std::unique_ptr<Card> card_;
    std::string init_, begun_, mac2_;
};

TEST_F(GreyLockSamTest, CardAndPsamMeet) {
    lock();
    EXPECT_EQ(begun_.substr(0, 8), "00000029");
    EXPECT_EQ(begun_.substr(16), by_hand::mac(grey_session(), "92" + std::string(terminal) + moment));
    EXPECT_EQ(mac2_, by_hand::mac(grey_session(), balance() + offline()));
    EXPECT_EQ(certify(), "9000");
    const auto gmac = data_of(fetch(release()));
    EXPECT_EQ(gmac.substr(0, 8), by_hand::mac(grey_session(), "0000001E"));
    EXPECT_EQ(unlock(gmac.substr(0, 8)).substr(8), "9000");
    EXPECT_EQ(ask("805C000204"), "000000469000");
    EXPECT_EQ(counter(), 0x2AU);
}

TEST_F(GreyLockSamTest, TheOrderIsKept) {
    EXPECT_EQ(release(), "6985") << "no lock";
    EXPECT_EQ(exchange("E04200000400000000"), "6985");
    EXPECT_EQ(begin_lock(), "6700") << "one factor for a key of two levels";
    lock();
    EXPECT_EQ(release(), "6985") << "no MAC2 yet";
    EXPECT_EQ(begin_lock_of_two_levels(), "6985") << "80CA served";
    EXPECT_EQ(exchange("E04200000400000000"), "9302");
    EXPECT_EQ(release(), "6985");
    EXPECT_EQ(certify(), "9000");
    EXPECT_EQ(certify(), "6985") << "once";
    EXPECT_EQ(exchange("E04400000F92"
                       "2144000000000002" +
                       offline() + "0000001E"),
              "9406")
        << "another card";
    EXPECT_EQ(exchange("E04400000F92" + std::string(asn) +
                       "0007"
                       "0000001E"),
              "9406")
        << "another counter";
    const auto gmac = fetch(release());
    EXPECT_EQ(release("00000001"), "6985") << "a GMAC is out for another amount";
    EXPECT_EQ(fetch(release()), gmac) << "the same one again";
}

TEST_F(GreyLockSamTest, WrongMac2sCountWithThoseOfPurchases) {
    lock();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(exchange("E04200000400000000"), "9302");
    EXPECT_EQ(certify(), "6983");
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "6983");
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(certify(), "9000") << "the lock is still there";
}

TEST_F(GreyLockSamTest, OutlivesResetAndPowerOfThePsam) {
    lock();
    power_again();
    EXPECT_EQ(certify(), "9000");
    (void)sam_->reset();
    (void)exchange(select_application);
    const auto gmac = data_of(fetch(release()));
    power_again();
    EXPECT_EQ(data_of(fetch(release())), gmac);
    EXPECT_EQ(unlock(gmac.substr(0, 8)).substr(8), "9000");
    EXPECT_EQ(ask("805C000204"), "000000469000");
}

// Cut off anywhere in any of its three commands, a lock that the card has taken comes off in the end.
TEST_F(GreyLockSamTest, PowerCutsLeaveTheOldStateOrTheNew) {
    const auto insert = [&] { begin_with_a_card(); };
    const auto locked = [&] { lock(); };
    const auto certified = [&] {
        lock();
        EXPECT_EQ(certify(), "9000");
    };
    const auto finish_it = [&] {
        (void)certify(); // done already, or now
        const auto gmac = data_of(fetch(release()));
        EXPECT_EQ(unlock(gmac.substr(0, 8)).substr(8), "9000");
    };
    cut_everywhere({"INIT_SAM_FOR_GREY_LOCK", insert, [] {}, [&] { return fetch(begin_lock_of_two_levels()); }});
    cut_everywhere({"CERTIFICATE_SAM_FOR_GREY_LOCK", insert, locked, [&] { return certify(); }, 3}, finish_it);
    cut_everywhere({"CERTIFICATE_SAM_FOR_GREY_LOCK, wrong", insert, locked,
                    [&] { return exchange("E04200000400000000"); }, 1, "9302"},
                   finish_it);
    cut_everywhere({"GET GMAC", insert, certified, [&] { return fetch(release()); }}, finish_it);
}

// What a cut hides of GET GMAC may not be asked for with another amount.
TEST_F(GreyLockSamTest, ACutReleaseBindsItsAmount) {
    lock();
    EXPECT_EQ(certify(), "9000");
    const auto before = sam_->memory().writes();
    (void)release();
    const auto writes = sam_->memory().writes() - before;
    begin_with_a_card();
    lock();
    EXPECT_EQ(certify(), "9000");
    sam_->cut_power_at(Chip::Cut{writes - 1, true});
    EXPECT_EQ(release(), "");
    power_again();
    EXPECT_EQ(release("00000001"), "6985");
    EXPECT_EQ(status(fetch(release())), "9000");
}

} // namespace
} // namespace tongka::simulator
