#include <algorithm>
#include <set>

#include "harness/device/deviations.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

std::string test_name(const testing::TestParamInfo<std::string>& parameter) {
    std::string name = parameter.param;
    std::ranges::replace(name, '-', '_');
    return name;
}

/// On the devices of each profile every case passes or does not apply.
class ProfileTest : public testing::TestWithParam<std::string> {};

TEST_P(ProfileTest, ARightCardAndAPsamPassEverything) {
    const auto [name, profile, declaration] = setting_of(GetParam());
    const auto ran = run_suite(our_suite(), simulated_devices({}, profile), {}, declaration, profile);
    std::set<std::string> passed;
    for (const auto& verdict : ran.of_kind("verdict")) {
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
        passed.insert(verdict.at("case"));
    }
    EXPECT_GE(ran.totals.pass, 150U);
    EXPECT_EQ(ran.totals.fail + ran.totals.observation + ran.totals.inconclusive + ran.totals.error, 0U);
    for (const auto* id : {"load-credits-amount", "purchase-debits-amount", "composite-writes-record", "segment-fare"})
        EXPECT_TRUE(passed.contains(id)) << id;
}

TEST_P(ProfileTest, ARightTerminalPassesEverything) {
    const auto [name, profile, declaration] = setting_of(GetParam());
    const auto ran = run_suite(our_suite(), simulated_actor(Role::terminal, {}, profile), {}, declaration, profile,
                               cases_of(Role::terminal));
    for (const auto& verdict : ran.of_kind("verdict"))
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
    EXPECT_GE(ran.totals.pass + ran.totals.not_applicable, 79U);
}

TEST_P(ProfileTest, ARightHostPassesEverything) {
    const auto [name, profile, declaration] = setting_of(GetParam());
    const auto ran = run_suite(our_suite(), simulated_actor(Role::host, {}, profile), {}, declaration, profile,
                               cases_of(Role::host));
    for (const auto& verdict : ran.of_kind("verdict"))
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
    EXPECT_GE(ran.totals.pass + ran.totals.not_applicable, 22U);
}

INSTANTIATE_TEST_SUITE_P(Every, ProfileTest, testing::ValuesIn(names_of_profiles()), test_name);

/// Clearing files know no profile.
TEST(FileTest, RightFilesPassEverything) {
    const auto ran = run_suite(our_suite(), simulated_actor(Role::file, {}, default_profile()));
    for (const auto& verdict : ran.of_kind("verdict"))
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
    EXPECT_EQ(ran.totals.pass, cases_of(Role::file).size());
    EXPECT_GE(ran.totals.pass, 80U);
}

/// Readers know none either, and work with the reference card.
TEST(ReaderTest, ARightReaderPassesEverything) {
    const auto ran = run_suite(our_suite(), simulated_actor(Role::reader, {}, default_profile()));
    for (const auto& verdict : ran.of_kind("verdict"))
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
    EXPECT_EQ(ran.totals.pass, cases_of(Role::reader).size());
    EXPECT_GE(ran.totals.pass, 33U);
}

TEST(Suite, NoTwoDeviationsHaveOneName) {
    std::set<std::string_view> names;
    for (const auto& deviation : deviation_names())
        EXPECT_TRUE(names.insert(deviation.name).second) << deviation.name;
}

TEST(Suite, EveryRequirementThatAnApduCanShowIsCovered) {
    std::set<std::string> covered;
    for (const auto& test_case : our_suite().suite.cases)
        covered.insert(test_case.covers.begin(), test_case.covers.end());
    for (const auto& requirement : our_suite().catalogue.requirements())
        EXPECT_TRUE(requirement.testable != "apdu" || covered.contains(requirement.id)) << requirement.id;
}

} // namespace
} // namespace tongka::harness
