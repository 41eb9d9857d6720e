#include "simulator/terminal/tests/terminal_bench.hpp"

// One card, PSAM or parameter for each name of a refusal that other tests do not have.
namespace tongka::simulator {
namespace {

using State = TerminalRecord::State;

class RefusalTest : public testing::Test {
protected:
    /// The card again, with another byte in file 0015.
    void with_public_byte(std::size_t offset, core::Byte value) {
        for (auto& file : bench_.profile.card.files)
            if (file.id == 0x0015)
                file.content.at(0).at(offset) = value;
        bench_.insert();
    }
    static CardData data_of(TerminalBench& bench) {
        bench.begin();
        return read_card(line_to(*bench.card)).value();
    }

    TerminalBench bench_{"city-union"};
};

TEST_F(RefusalTest, AClockWithoutADate) {
    bench_.moment[1] = 0xFF;
    expect_refused(bench_, bench_.pay(), RefusalReason::clock_wrong);
    EXPECT_TRUE(bench_.card_line.commands.empty());
}

TEST_F(RefusalTest, ACardThatIsNoCityCard) {
    bench_.card = make_card(bench_.profile, std::make_unique<core::SeededRandom>(1), {}, Issue::blank).value();
    expect_refused(bench_, bench_.pay(), RefusalReason::card_unreadable);
}

TEST_F(RefusalTest, ACardThatIsNotEnabled) {
    with_public_byte(8, 0x00);
    expect_accepted(bench_.pay());
    bench_.parameters.needs_enabled = true;
    expect_refused(bench_, bench_.pay(), RefusalReason::not_enabled);
}

TEST_F(RefusalTest, TheFirstAndTheLastDayCount) {
    std::ranges::copy(bench_.profile.card.start_date, bench_.moment.begin());
    expect_accepted(bench_.pay());
    std::ranges::copy(bench_.profile.card.expiry_date, bench_.moment.begin());
    expect_accepted(bench_.pay());
}

TEST_F(RefusalTest, ATypeThatMayNotPay) {
    const auto data = data_of(bench_);
    bench_.parameters.types = {{.main_type = data.main_type, .sub_type = data.sub_type, .sale = false}};
    expect_refused(bench_, bench_.pay(), RefusalReason::service_not_allowed);
    bench_.parameters.types = {{.main_type = data.main_type, .sub_type = data.sub_type, .minimum_balance = 10'001}};
    expect_refused(bench_, bench_.pay(), RefusalReason::balance_below_minimum);
}

TEST_F(RefusalTest, APsamOutsideItsDates) {
    bench_.profile.psam.expiry_date = {0x20, 0x26, 0x11, 0x21};
    bench_.insert();
    expect_refused(bench_, bench_.pay(), RefusalReason::psam_not_valid);
    bench_.moment[3] = 0x21;
    expect_accepted(bench_.pay());
    bench_.profile.psam.start_date = {0x20, 0x26, 0x11, 0x22};
    bench_.insert();
    expect_refused(bench_, bench_.pay(), RefusalReason::psam_not_valid);
}

TEST_F(RefusalTest, APsamWithoutTheKey) {
    for (auto& key : bench_.profile.card.keys)
        if (key.kind == "DPK" && key.index == 1)
            key.version = 0x7F;
    bench_.insert();
    expect_refused(bench_, bench_.pay(), RefusalReason::key_missing);
}

TEST_F(RefusalTest, ACardThatFindsMac1Wrong) {
    for (auto& key : bench_.profile.card.keys)
        if (key.kind == "DPK" && key.index == 1)
            key.key = core::find_key(bench_.profile.card.keys, "DPK", 2)->key;
    bench_.insert();
    const auto outcome = bench_.pay();
    EXPECT_EQ(outcome.reason, RefusalReason::mac1_wrong);
    ASSERT_TRUE(outcome.record);
    EXPECT_EQ(outcome.record->state, State::not_paid);
    EXPECT_EQ(bench_.balance(), 10'000U);
}

TEST_F(RefusalTest, ACardWhoseMac2IsWrongIsNotTakenForPaid) {
    Deviations wrong;
    wrong.add(Deviation::purchase_mac2_over_balance);
    bench_.insert(wrong);
    const auto outcome = bench_.pay();
    EXPECT_EQ(outcome.result, TerminalOutcome::Result::refused);
    EXPECT_EQ(outcome.reason, RefusalReason::mac2_wrong);
    ASSERT_TRUE(outcome.record);
    EXPECT_EQ(outcome.record->state, State::mac2_wrong);
    EXPECT_EQ(outcome.debits, 1U);
    EXPECT_EQ(bench_.taken(), 10'000 - bench_.balance());
}

TEST_F(RefusalTest, APsamThatLeavesBeforeMac2LeavesThePurchaseUnconfirmed) {
    bench_.psam_cut = 8; // MF, 0016, 0015, application, 0017, 80CA, 8070, 8072
    const auto outcome = bench_.pay();
    expect_accepted(outcome);
    EXPECT_EQ(outcome.reason, RefusalReason::unconfirmed);
    ASSERT_TRUE(outcome.record);
    EXPECT_EQ(outcome.record->purchase.unconfirmed, "PSAM: CREDIT_SAM_FOR_PURCHASE: the device is gone");
}

TEST_F(RefusalTest, TheBlacklistGoesByCityIndustryAndNumber) {
    const auto data = data_of(bench_);
    Blacklist::Card key{};
    std::ranges::copy(data.city, key.begin());
    std::ranges::copy(data.industry, key.begin() + 2);
    std::ranges::copy(data.asn, key.begin() + 4);
    for (const std::size_t at : {1U, 3U, 11U}) {
        auto other = key;
        other[at] ^= 0x01;
        bench_.parameters.blacklist.add(other);
    }
    expect_accepted(bench_.pay());
    bench_.parameters.blacklist.add(key);
    expect_refused(bench_, bench_.pay(), RefusalReason::blacklisted);
}

TEST_F(RefusalTest, ALockThatFailsRefusesAllTheSame) {
    for (auto& key : bench_.profile.card.keys)
        if (key.kind == "DAMK")
            key.key = core::find_key(bench_.profile.card.keys, "DPK", 2)->key;
    bench_.insert();
    bench_.parameters.blacklist.add(bench_.profile.card.asn);
    const auto outcome = bench_.pay();
    expect_refused(bench_, outcome, RefusalReason::blacklisted);
    EXPECT_FALSE(outcome.record);
    EXPECT_NE(outcome.detail, "");
    EXPECT_TRUE(bench_.store.records().empty());
}

TEST_F(RefusalTest, ChecksComeBeforeTheirSuccessors) {
    bench_.parameters.blacklist.add(bench_.profile.card.asn);
    bench_.parameters.city = {0x10, 0x00};
    expect_refused(bench_, bench_.pay(), RefusalReason::city_not_accepted);
    bench_.parameters.types = {{.main_type = 0x7F}};
    bench_.parameters.any_city = true;
    expect_refused(bench_, bench_.pay(), RefusalReason::blacklisted);
    EXPECT_FALSE(bench_.card_line.was_sent("80CA")) << "and before the PSAM is asked for a MAC1";
}

TEST(RefusalNamesTest, EveryRefusalHasOneNameInBothLanguages) {
    std::set<std::string_view> names;
    for (const auto& info : refusal_reasons()) {
        EXPECT_TRUE(names.insert(info.name).second) << info.name;
        EXPECT_FALSE(info.text.zh.empty());
        EXPECT_FALSE(info.text.en.empty());
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(RefusalReason::record_not_stored) + 1);
    std::set<std::string_view> deviations;
    for (const auto& info : terminal_deviations())
        EXPECT_TRUE(deviations.insert(info.name).second) << info.name;
    EXPECT_EQ(deviations.size(), static_cast<std::size_t>(TerminalDeviation::load_without_answer) + 1);
}

/// Purchases under the maintenance keys of each profile: a card is locked, and stays so.
class LockTest : public testing::TestWithParam<const char*> {};

TEST_P(LockTest, ThroughThePsam) {
    TerminalBench bench(GetParam());
    bench.parameters.blacklist.add(bench.profile.card.asn);
    const auto outcome = bench.pay();
    expect_refused(bench, outcome, RefusalReason::blacklisted);
    ASSERT_TRUE(outcome.record) << outcome.detail;
    EXPECT_EQ(outcome.record->state, State::locked);
    EXPECT_EQ(subtype(outcome.record->kind), 0x16);
    expect_refused(bench, bench.pay(), RefusalReason::application_locked);
}

INSTANTIATE_TEST_SUITE_P(Profiles, LockTest, testing::Values("city-union", "sm4", "pboc", "cyclic-composite"),
                         profile_name);

} // namespace
} // namespace tongka::simulator
