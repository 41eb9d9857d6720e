#include <gtest/gtest.h>

#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/issuer/tests/two_cities.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {
namespace {

/// A line to a chip in this process, on which 61xx is followed; the chip may be pulled out.
class PurchaseTest : public testing::Test {
protected:
    PurchaseTest() {
        auto profile = published_profile();
        profile.card.random.clear();
        card_ = make_card(profile, std::make_unique<core::SeededRandom>(1)).value();
        psam_ = make_psam(profile, std::make_unique<core::SeededRandom>(2)).value();
        (void)card_->power_on();
        (void)psam_->power_on();
    }

    static Transmit line(Chip& chip, unsigned& commands_left) {
        return [&](core::BytesView command) -> core::Result<core::Bytes> {
            if (commands_left == 0)
                return core::fail("the reader is empty");
            --commands_left;
            return line_to(chip)(command);
        };
    }
    core::Result<PurchaseRecord> pay(unsigned card_commands = 100, unsigned psam_commands = 100) {
        (void)card_->reset();
        (void)psam_->reset();
        return purchase(line(*card_, card_commands), line(*psam_, psam_commands), request_);
    }
    std::string ask(Chip& chip, std::string_view hex) {
        return core::to_hex(chip.exchange(core::from_hex(hex).value()));
    }
    std::string balance() {
        (void)card_->reset();
        (void)ask(*card_, "00A4040009A00000000386980701");
        return ask(*card_, "805C000204");
    }

    PurchaseRequest request_{.amount = 1, .date_time = {0x20, 0x08, 0x10, 0x09, 0x14, 0x07, 0x59}};
    std::unique_ptr<Card> card_;
    std::unique_ptr<Psam> psam_;
};

TEST_F(PurchaseTest, KeepsWhatTheHomeCityNeeds) {
    const auto record = pay();
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(core::to_hex(record->asn), "2144000000000001");
    EXPECT_EQ(core::to_hex(record->city), "2144");
    EXPECT_EQ(record->counter, 6);
    EXPECT_EQ(record->balance_before, 100U);
    EXPECT_EQ(core::to_hex(record->terminal), "001122334455");
    EXPECT_EQ(core::to_hex(record->terminal_serial), "00000029");
    EXPECT_EQ(core::to_hex(record->tac), "0402BFE1") << "standards.md 5.5: no random number of the card goes into it";
    EXPECT_EQ(record->unconfirmed, "");
    EXPECT_EQ(balance(), "000000639000");
}

// Pulled out before any of its commands: either nothing was paid and the Error names the step, or the card has paid and
// there is a record.
TEST_F(PurchaseTest, APsamPulledOutLosesNothing) {
    for (unsigned commands = 0; commands < 7; ++commands) {
        const auto record = pay(100, commands);
        ASSERT_FALSE(record) << commands;
        EXPECT_EQ(record.error().message.substr(0, 6), "PSAM: ");
        EXPECT_NE(record.error().message.find(": the reader is empty"), std::string::npos);
        EXPECT_EQ(balance(), "000000649000") << commands;
    }
    const auto record = pay(100, 7);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->unconfirmed, "PSAM: CREDIT_SAM_FOR_PURCHASE: the reader is empty");
    EXPECT_EQ(core::to_hex(record->tac).size(), 8U);
    EXPECT_EQ(balance(), "000000639000");
    EXPECT_TRUE(pay()) << "and it goes on with the next one";
}

TEST_F(PurchaseTest, ACardTakenAwayBeforeTheDebitHasPaidNothing) {
    for (unsigned commands = 0; commands < 5; ++commands) {
        const auto record = pay(commands, 100);
        ASSERT_FALSE(record) << commands;
        EXPECT_EQ(record.error().message.substr(0, 6), "card: ");
        EXPECT_EQ(balance(), "000000649000") << commands;
    }
    EXPECT_TRUE(pay(5, 100));
}

TEST_F(PurchaseTest, AWrongMac2IsToldWithTheRecord) {
    Deviations wrong;
    wrong.add(Deviation::purchase_mac2_over_balance);
    auto profile = published_profile();
    card_ = make_card(profile, std::make_unique<core::SeededRandom>(1), wrong).value();
    (void)card_->power_on();
    const auto record = pay();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->unconfirmed, "PSAM: CREDIT_SAM_FOR_PURCHASE: the answer is 9302");
}

} // namespace
} // namespace tongka::simulator
