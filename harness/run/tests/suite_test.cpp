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
    const auto [profile, declaration] = Setting::of(GetParam());
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
    const auto [profile, declaration] = Setting::of(GetParam());
    const auto ran = run_suite(our_suite(), simulated_actor(Role::terminal, {}, profile), {}, declaration, profile,
                               cases_of(Role::terminal));
    for (const auto& verdict : ran.of_kind("verdict"))
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
    EXPECT_GE(ran.totals.pass + ran.totals.not_applicable, 79U);
}

TEST_P(ProfileTest, ARightHostPassesEverything) {
    const auto [profile, declaration] = Setting::of(GetParam());
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

/// A wrong device must be caught: by a failure, or by an observation where no public text is sure of the rule.
void expect_caught(const std::string& deviation) {
    const auto role = role_of_deviation(deviation).value();
    // Some show only under the rules or with the files of one profile.
    for (const auto& name : names_of_profiles()) {
        const auto [profile, declaration] = Setting::of(name);
        const auto ran = is_actor(role) ? run_suite(our_suite(), simulated_actor(role, deviation, profile), deviation,
                                                    declaration, profile, cases_of(role))
                                        : run_suite(our_suite(), simulated_devices(deviation, profile), deviation,
                                                    declaration, profile);
        EXPECT_EQ(ran.totals.error, 0U) << deviation << ": a wrong device is no error of the set-up";
        EXPECT_EQ(ran.lines.front().at("deviation"), deviation);
        if (ran.totals.fail + ran.totals.observation != 0)
            return;
    }
    ADD_FAILURE() << deviation << ": no profile shows it";
}

/// Every so-manieth deviation: a process of its own for each would load the suite again and again.
constexpr std::size_t batches = 80;

class DeviationTest : public testing::TestWithParam<std::size_t> {};

TEST_P(DeviationTest, EachIsCaughtByACase) {
    const auto all = deviation_names();
    for (std::size_t at = GetParam(); at < all.size(); at += batches)
        expect_caught(std::string(all[at].name));
}

INSTANTIATE_TEST_SUITE_P(Batch, DeviationTest, testing::Range(std::size_t{0}, batches));

} // namespace
} // namespace tongka::harness
