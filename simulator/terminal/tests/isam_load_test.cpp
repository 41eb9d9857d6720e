#include "simulator/terminal/tests/terminal_bench.hpp"

namespace tongka::simulator {
namespace {

using State = TerminalRecord::State;

class TerminalIsamTest : public testing::TestWithParam<const char*> {
protected:
    TerminalIsamTest() : bench_(GetParam()) { bench_.log_in(); }

    TerminalBench bench_;
};

TEST_P(TerminalIsamTest, LoadsAndKeepsARecord) {
    const auto outcome = bench_.load(500);
    expect_accepted(outcome);
    EXPECT_EQ(outcome.detail, "");
    EXPECT_EQ(bench_.balance(), 10'500U);
    ASSERT_TRUE(outcome.record);
    EXPECT_EQ(outcome.record->kind, TerminalRecord::Kind::load);
    EXPECT_EQ(outcome.record->balance_after(), 10'500U);
    EXPECT_EQ(outcome.record->purchase.type, 0x02);
    EXPECT_EQ(core::to_hex(outcome.record->purchase.terminal), "665544332211");
    EXPECT_EQ(core::to_hex(outcome.record->purchase.psam), core::to_hex(bench_.profile.isam->serial));
    expect_accepted(bench_.load(100));
    EXPECT_EQ(bench_.balance(), 10'600U);
    EXPECT_EQ(bench_.store.records()[1].purchase.counter, bench_.store.records()[0].purchase.counter + 1);
    EXPECT_EQ(bench_.taken(), -600);
}

INSTANTIATE_TEST_SUITE_P(Profiles, TerminalIsamTest,
                         testing::Values("city-union", "sm4", "pboc", "two-composite-files", "load-with-pin",
                                         "cyclic-composite", "alternatives"),
                         profile_name);

class TerminalLoadRulesTest : public testing::Test {
protected:
    TerminalLoadRulesTest() { bench_.log_in(); }

    TerminalBench bench_{"city-union"};
};

TEST_F(TerminalLoadRulesTest, AmountsGoByTheCardType) {
    const auto data = [&] {
        bench_.begin();
        return read_card(line_to(*bench_.card)).value();
    }();
    bench_.parameters.types = {{.main_type = data.main_type,
                                .sub_type = data.sub_type,
                                .first_minimum = 1000,
                                .unit = 100,
                                .most_load = 5000,
                                .most_balance = 14'000}};
    expect_refused(bench_, bench_.load(900), RefusalReason::load_amount_not_allowed);
    expect_refused(bench_, bench_.load(1050), RefusalReason::load_amount_not_allowed);
    expect_refused(bench_, bench_.load(5100), RefusalReason::load_amount_not_allowed);
    expect_refused(bench_, bench_.load(4100), RefusalReason::balance_over_maximum);
    expect_accepted(bench_.load(1000));
    expect_accepted(bench_.load(100));
    bench_.parameters.types[0].load = false;
    expect_refused(bench_, bench_.load(100), RefusalReason::service_not_allowed);
    EXPECT_EQ(bench_.balance(), 11'100U);
    EXPECT_EQ(bench_.store.records().size(), 2U);
}

TEST_F(TerminalLoadRulesTest, TheLimitOfTheLogInHolds) {
    bench_.log_in(1000);
    expect_accepted(bench_.load(900));
    expect_refused(bench_, bench_.load(101), RefusalReason::load_limit_used_up);
    bench_.moment[0] = 0x21; // the year 2126
    expect_refused(bench_, bench_.load(1), RefusalReason::expired);
    EXPECT_EQ(bench_.balance(), 10'900U);
}

TEST_F(TerminalLoadRulesTest, AnIsamThatIsNotLoggedInLoadsNothing) {
    bench_.isam = make_isam(bench_.profile, std::make_unique<core::SeededRandom>(3)).value();
    (void)bench_.isam->power_on();
    bench_.sam = read_load_sam(line_to(*bench_.isam)).value();
    expect_refused(bench_, bench_.load(100), RefusalReason::isam_refused);
}

TEST_F(TerminalLoadRulesTest, ACardWithAnotherMac1GetsNothing) {
    for (auto& key : bench_.profile.card.keys)
        if (key.kind == "DLK")
            key.key = core::find_key(bench_.profile.card.keys, "DPK", 1)->key;
    bench_.insert();
    expect_refused(bench_, bench_.load(100), RefusalReason::mac1_wrong);
    EXPECT_EQ(bench_.balance(), 10'000U);
    bench_.deviation = TerminalDeviation::load_mac1_unchecked;
    EXPECT_EQ(bench_.load(100).result, TerminalOutcome::Result::refused) << "the card finds MAC2 wrong";
    EXPECT_TRUE(bench_.card_line.was_sent("8052"));
}

TEST(TerminalPinTest, AWrongPinIsNamed) {
    TerminalBench bench("load-with-pin");
    bench.log_in();
    bench.profile.card.pin = {0x00, 0x00};
    expect_refused(bench, bench.load(100), RefusalReason::pin_wrong);
    bench.profile.card.pin.clear();
    expect_refused(bench, bench.load(100), RefusalReason::pin_wrong);
}

} // namespace
} // namespace tongka::simulator
