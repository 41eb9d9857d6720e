#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/issuer/sam_issuer.hpp"

namespace tongka::simulator {
namespace {

// rand 47800CF7, counter 0006, amount 1, TTI 06, date and time, key version 01, 3DES; then ASN and city
// (standards.md 5.5)
const std::string purchase = "47800CF7000600000001062008100914075901002144000000000001"
                             "2144FF0000000000";

class PsamTest : public testing::Test {
protected:
    void insert(Deviations deviations) {
        psam_ = make_psam(profile_, std::make_unique<core::SeededRandom>(1), deviations).value();
        (void)psam_->power_on();
        EXPECT_EQ(exchange("00A4040006BDA8C9E8B2BF"), "610A");
    }
    PsamTest() { insert({}); }

    std::string exchange(std::string_view hex) { return core::to_hex(psam_->exchange(core::from_hex(hex).value())); }

    std::string authenticate() { return exchange("80CA00000990800960A7F716C6B4"); }
    std::string init() {
        const auto answer = exchange("8070000024" + purchase);
        return answer == "6108" ? exchange("00C0000008") : answer;
    }

    core::Profile profile_ = published_profile();
    std::unique_ptr<Psam> psam_;
};

TEST_F(PsamTest, FilesAndFci) {
    EXPECT_EQ(exchange("00C000000A"), "6F088406BDA8C9E8B2BF9000");
    EXPECT_EQ(exchange("00B0970001"), "019000") << "the key index to pay with";
    EXPECT_EQ(exchange("00B0970000"), "6C19");
    EXPECT_EQ(exchange("00A40000021001"), "610A");
    EXPECT_EQ(exchange("00A40000023F00"), "6112");
    EXPECT_EQ(exchange("00B0960006"), "0011223344559000");
    EXPECT_EQ(exchange("00B095000A"), "214400000000000000019000");
    EXPECT_EQ(exchange("00B0950000"), "6C0E");
}

TEST_F(PsamTest, ThePublishedPurchaseReplays) {
    EXPECT_EQ(authenticate(), "9000");
    EXPECT_EQ(init(), "00000029"
                      "FDB95F5B"
                      "9000");
    EXPECT_EQ(exchange("80720000044190FFB5"), "9000");
    EXPECT_EQ(authenticate(), "9000");
    EXPECT_EQ(init().substr(0, 8), "0000002A") << "the counter moved on";
}

TEST_F(PsamTest, AWrongMac2IsRefusedAndEndsThePurchase) {
    (void)authenticate();
    (void)init();
    EXPECT_EQ(exchange("80720000044190FFB4"), "9302");
    EXPECT_EQ(exchange("80720000044190FFB5"), "6901");
}

TEST_F(PsamTest, TheOrderIsKept) {
    EXPECT_EQ(exchange("80720000044190FFB5"), "6901") << "no 8070";
    EXPECT_EQ(init(), "6985") << "no 80CA";
    (void)authenticate();
    (void)init();
    EXPECT_EQ(init(), "6985") << "each purchase needs its 80CA";
    (void)authenticate();
    (void)psam_->reset();
    (void)exchange("00A40000021001");
    EXPECT_EQ(init(), "6985") << "a reset forgets it";
}

TEST_F(PsamTest, OnlyKnownCodesAreAccepted) {
    profile_.psam.accepted_codes = {core::from_hex("9080").value()};
    insert({});
    EXPECT_EQ(exchange("80CA00000990810960A7F716C6B4"), "6300");
    EXPECT_EQ(init(), "6985");
    EXPECT_EQ(authenticate(), "9000");
}

TEST_F(PsamTest, KeysAreChosenByVersionAndTakeTheirNumberOfFactors) {
    (void)authenticate();
    auto wrong_version = purchase;
    wrong_version.replace(36, 2, "02");
    EXPECT_EQ(exchange("8070000024" + wrong_version), "9403");
    auto wrong_algorithm = purchase;
    wrong_algorithm.replace(38, 2, "04");
    EXPECT_EQ(exchange("8070000024" + wrong_algorithm), "9403");
    EXPECT_EQ(exchange("807000001C" + purchase.substr(0, 56)), "6700") << "one factor for a key of two levels";
    EXPECT_EQ(exchange("8070000023" + purchase.substr(0, 70)), "6700");
    EXPECT_EQ(exchange("8070000034" + purchase + purchase.substr(40)), "6700") << "four factors";
    EXPECT_EQ(init().substr(16), "9000") << "nothing of it cost the 80CA";
}

// Card and PSAM meet: what one makes the other accepts.
TEST_F(PsamTest, PaysWithTheCard) {
    const auto card = make_card(profile_, std::make_unique<core::SeededRandom>(1)).value();
    (void)card->power_on();
    const auto ask = [&](const std::string& hex) { return core::to_hex(card->exchange(core::from_hex(hex).value())); };
    (void)ask("00A4040009A00000000386980701");
    (void)authenticate();
    const auto card_init = ask("805001020B01000000010011223344550F");
    const auto mac1 = init();
    const auto debit = ask("805401000F" + mac1.substr(0, 8) + "20081009140759" + mac1.substr(8, 8) + "08");
    EXPECT_EQ(debit.substr(16), "9000");
    EXPECT_EQ(exchange("8072000004" + debit.substr(8, 8)), "9000");
}

} // namespace
} // namespace tongka::simulator
