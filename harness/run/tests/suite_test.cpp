#include <algorithm>
#include <set>

#include "harness/device/simulated.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

TEST(Suite, ARightCardAndAPsamPassEverything) {
    const auto ran = run_suite(our_suite(), simulated_devices());
    for (const auto& verdict : ran.of_kind("verdict"))
        EXPECT_EQ(verdict.at("verdict"), "pass") << verdict.dump(2);
    EXPECT_GE(ran.totals.pass, 60U);
    EXPECT_EQ(ran.totals.fail + ran.totals.observation + ran.totals.inconclusive + ran.totals.error, 0U);
}

TEST(Suite, EveryRequirementThatAnApduCanShowIsCovered) {
    std::set<std::string> covered;
    for (const auto& test_case : our_suite().suite.cases)
        covered.insert(test_case.covers.begin(), test_case.covers.end());
    for (const auto& requirement : our_suite().catalogue.requirements())
        EXPECT_TRUE(requirement.testable != "apdu" || covered.contains(requirement.id)) << requirement.id;
}

/// A wrong device must be caught: by a failure, or by an observation where no public text is sure of the rule.
class DeviationTest : public testing::TestWithParam<std::string> {};

TEST_P(DeviationTest, IsCaughtByACase) {
    const auto ran = run_suite(our_suite(), simulated_devices(GetParam()), GetParam());
    EXPECT_GT(ran.totals.fail + ran.totals.observation, 0U);
    EXPECT_EQ(ran.totals.error, 0U) << "a wrong device is no error of the set-up";
    EXPECT_EQ(ran.lines.front().at("deviation"), GetParam());
}

std::vector<std::string> names_of_deviations() {
    std::vector<std::string> names;
    for (const auto& deviation : deviation_names())
        names.emplace_back(deviation.name);
    return names;
}

INSTANTIATE_TEST_SUITE_P(Every, DeviationTest, testing::ValuesIn(names_of_deviations()), [](const auto& parameter) {
    std::string name = parameter.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

} // namespace
} // namespace tongka::harness
