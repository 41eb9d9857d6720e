#include "simulator/terminal/tests/terminal_bench.hpp"

namespace tongka::simulator {
namespace {

using Kind = TerminalRecord::Kind;
using State = TerminalRecord::State;

/// Rides, on every form of composite record that the profiles have.
class TapTest : public testing::TestWithParam<const char*> {
protected:
    TapTest() : bench_(GetParam()) {}

    TerminalBench bench_;
};

TEST_P(TapTest, ARideCostsWhatItsSegmentDoes) {
    expect_accepted(bench_.tap_in({1, 1}));
    EXPECT_EQ(bench_.balance(), 10'000U) << "an entry is a purchase of nothing";
    EXPECT_TRUE(bench_.psam_line.was_sent("8070")) << "with a PSAM all the same";
    bench_.at(8, 40);
    const auto out = bench_.tap_out({1, 2});
    expect_accepted(out);
    EXPECT_EQ(bench_.balance(), 9800U);
    ASSERT_TRUE(out.record);
    EXPECT_EQ(out.record->kind, Kind::exit);
    EXPECT_EQ(out.record->purchase.type, 0x09);
    EXPECT_EQ(out.record->purchase.amount, 200U);
    EXPECT_EQ(out.record->list_amount, 200U);
    EXPECT_EQ(out.record->entry_place, (Place{1, 1}));
    EXPECT_EQ(core::to_hex(out.record->entry_moment), "2611220815");
    EXPECT_EQ(out.record->place, (Place{1, 2}));
    bench_.at(9, 0);
    expect_accepted(bench_.tap_in({1, 2}));
    bench_.at(9, 30);
    expect_accepted(bench_.tap_out({1, 3}));
    EXPECT_EQ(bench_.balance(), 9500U) << "6 km";
    bench_.at(10, 0);
    expect_accepted(bench_.tap_in({1, 3}));
    expect_accepted(bench_.tap_out({2, 1}));
    EXPECT_EQ(bench_.balance(), 8800U) << "13 km over two lines: beyond the last segment";
    EXPECT_EQ(bench_.taken(), 10'000 - bench_.balance());
}

TEST_P(TapTest, ARideCostsWhatItsTimeDoes) {
    bench_.parameters.fares.kind = Fares::Kind::time;
    bench_.parameters.fares.free_minutes = 5;
    bench_.parameters.fares.unit_minutes = 30;
    bench_.parameters.fares.unit_fare = 100;
    std::uint32_t before = bench_.balance();
    const auto ride = [&](unsigned minutes) {
        bench_.at(10, 0);
        expect_accepted(bench_.tap_in());
        bench_.at(10 + minutes / 60, minutes % 60);
        expect_accepted(bench_.tap_out());
        const auto paid = before - bench_.balance();
        before = bench_.balance();
        return paid;
    };
    EXPECT_EQ(ride(5), 0U);
    EXPECT_EQ(ride(6), 100U);
    EXPECT_EQ(ride(30), 100U);
    EXPECT_EQ(ride(31), 200U);
    EXPECT_EQ(ride(300), 700U) << "never more than the highest";
}

TEST_P(TapTest, WhoForgotToTapOutPaysTheHighestFareAtTheNextEntry) {
    expect_accepted(bench_.tap_in());
    bench_.at(12, 0);
    const auto again = bench_.tap_in({1, 3});
    expect_accepted(again);
    ASSERT_TRUE(again.record);
    EXPECT_EQ(again.record->kind, Kind::surcharge);
    EXPECT_EQ(bench_.balance(), 9300U);
    bench_.at(12, 20);
    expect_accepted(bench_.tap_out({1, 2}));
    EXPECT_EQ(bench_.balance(), 9000U) << "and rides on from there";
}

TEST_P(TapTest, WhoNeverTappedInPaysTheHighestFareAtTheExit) {
    expect_accepted(bench_.tap_out());
    EXPECT_EQ(bench_.balance(), 9300U);
    bench_.at(9, 0);
    expect_accepted(bench_.tap_in());
    bench_.at(9, 10);
    expect_accepted(bench_.tap_out());
    EXPECT_EQ(bench_.balance(), 9100U) << "and the next ride is like any other";
}

TEST_P(TapTest, AnEntryThatIsTooOldCountsAsForgotten) {
    bench_.parameters.fares.longest_minutes = 240;
    expect_accepted(bench_.tap_in());
    bench_.at(12, 16);
    expect_accepted(bench_.tap_out());
    EXPECT_EQ(bench_.balance(), 9300U);
}

TEST_P(TapTest, ForgottenTapsAreRefusedWhereTheParametersSaySo) {
    bench_.parameters.fares.charges_forgotten = false;
    expect_refused(bench_, bench_.tap_out(), RefusalReason::entry_missing);
    expect_accepted(bench_.tap_in());
    bench_.at(12, 0);
    expect_refused(bench_, bench_.tap_in(), RefusalReason::exit_missing);
}

TEST_P(TapTest, ATransferCostsLess) {
    bench_.parameters.discounts = {{.operator_code = {0, 0, 9}, .minutes = 60, .percent = 50, .amount = 20}};
    expect_accepted(bench_.tap_in());
    expect_accepted(bench_.tap_out());
    EXPECT_EQ(bench_.balance(), 9800U);
    bench_.at(9, 15);
    expect_accepted(bench_.tap_in());
    bench_.at(9, 40);
    const auto out = bench_.tap_out({1, 2});
    ASSERT_TRUE(out.record) << out.detail;
    EXPECT_EQ(out.record->list_amount, 200U);
    EXPECT_EQ(out.record->concession, 120U);
    EXPECT_EQ(bench_.balance(), 9720U);
    bench_.at(10, 41);
    expect_accepted(bench_.tap_in());
    expect_accepted(bench_.tap_out());
    EXPECT_EQ(bench_.balance(), 9520U) << "too late for a transfer";
}

TEST_P(TapTest, TheSameCardAgainIsNotServed) {
    bench_.parameters.passback_seconds = 60;
    expect_accepted(bench_.tap_in());
    bench_.at(8, 16, 29);
    expect_refused(bench_, bench_.tap_in(), RefusalReason::same_card_again);
    expect_accepted(bench_.tap_out());
    bench_.at(8, 17, 28);
    expect_refused(bench_, bench_.tap_out(), RefusalReason::same_card_again);
    bench_.at(8, 17, 29);
    expect_accepted(bench_.tap_out());
    EXPECT_EQ(bench_.balance(), 9100U);
}

TEST_P(TapTest, WhatKeepsACardOut) {
    bench_.parameters.least_balance = 10'001;
    expect_refused(bench_, bench_.tap_in(), RefusalReason::balance_below_minimum);
    bench_.parameters.least_balance = 0;
    expect_accepted(bench_.tap_in());
    expect_refused(bench_, bench_.tap_out({9, 9}), RefusalReason::unknown_station);
    bench_.parameters.most_amount = 199;
    expect_refused(bench_, bench_.tap_out(), RefusalReason::amount_over_limit);
    bench_.parameters.least_balance = 10'001;
    bench_.parameters.most_amount = 200;
    expect_accepted(bench_.tap_out());
}

// The same card comes back right after its debit was cut off: it is told how that ended, and pays once.
TEST_P(TapTest, ATapThatWasCutOffIsSettledByTheNext) {
    for (const bool after : {false, true}) {
        SCOPED_TRACE(after);
        TerminalBench bench(GetParam());
        expect_accepted(bench.tap_in());
        (void)bench.tap_out();
        const auto debit = std::ranges::find_if(bench.card_line.commands,
                                                [](const std::string& one) { return one.starts_with("8054"); });
        const auto number = static_cast<unsigned>(debit - bench.card_line.commands.begin()) + 1;
        bench.at(9, 0);
        expect_accepted(bench.tap_in());
        bench.at(9, 30);
        bench.cut_after = after;
        bench.card_cut = number;
        EXPECT_EQ(bench.tap_out().result, TerminalOutcome::Result::unknown);
        bench.card_cut = 0;
        bench.at(9, 30, 20);
        const auto again = bench.tap_out();
        expect_accepted(again);
        EXPECT_TRUE(again.recovered);
        EXPECT_EQ(again.debits, after ? 0U : 1U);
        EXPECT_EQ(bench.balance(), 9600U);
        EXPECT_EQ(bench.taken(), 400);
    }
}

INSTANTIATE_TEST_SUITE_P(Profiles, TapTest,
                         testing::Values("city-union", "sm4", "pboc", "two-composite-files", "cyclic-composite"),
                         profile_name);

TEST(TapFilesTest, ACardOfTheOwnCityRidesOnTheLocalFile) {
    TerminalBench bench("two-composite-files");
    bench.parameters.local_composite = TerminalParameters::LocalComposite{.file = 0x0019, .record = 0x02};
    expect_accepted(bench.tap_in());
    EXPECT_TRUE(bench.card_line.was_sent("80DC02C8")) << "record 02 of 0019";
    bench.parameters.city = {0x21, 0x44};
    bench.parameters.any_city = true;
    expect_accepted(bench.tap_in());
    EXPECT_TRUE(bench.card_line.was_sent("80DC01B8")) << "record 01 of 0017 elsewhere: another ride";
    EXPECT_EQ(bench.balance(), 10'000U);
}

// Where byte 4 keeps the card from debiting (rule composite-state-only), the entry sets it and the exit does not.
TEST(TapFilesTest, ACardThatLooksAtByteFourIsDebitedAtTheExitAlone) {
    TerminalBench bench("alternatives");
    ASSERT_TRUE(bench.profile.rules.set("composite-mac1-code", "without"));
    bench.parameters.rules = bench.profile.rules;
    bench.insert();
    expect_accepted(bench.tap_in());
    EXPECT_EQ(bench.balance(), 10'000U);
    expect_accepted(bench.tap_out());
    EXPECT_EQ(bench.balance(), 9800U);
}

// clauses.md J.9: a MAC1 over the identification code as well is not known to the PSAM.
TEST(TapFilesTest, ACardThatWantsTheCodeInMac1Refuses) {
    TerminalBench bench("alternatives");
    const auto outcome = bench.tap_in();
    ASSERT_TRUE(outcome.reason);
    EXPECT_EQ(info(*outcome.reason).name, "mac1-wrong");
    EXPECT_EQ(bench.balance(), 10'000U);
    ASSERT_TRUE(outcome.record);
    EXPECT_EQ(outcome.record->state, State::not_paid);
}

TEST(TapFilesTest, ALockedRecordIsRefused) {
    TerminalBench bench("city-union");
    for (auto& file : bench.profile.card.files)
        if (file.id == 0x0017)
            for (auto& record : file.content)
                record[2] = 0x01;
    bench.insert();
    expect_refused(bench, bench.tap_in(), RefusalReason::composite_locked);
}

TEST(TapFilesTest, ACardWithoutCompositeRecordIsRefused) {
    TerminalBench bench("city-union");
    bench.parameters.composite_record = 0x05;
    expect_refused(bench, bench.tap_in(), RefusalReason::no_composite_record);
}

} // namespace
} // namespace tongka::simulator
