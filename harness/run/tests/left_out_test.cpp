#include "harness/run/tests/actor.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

const std::string cases =
    "- id: challenge\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n  steps:\n"
    "    - send: \"00 84 00 00 04\"\n"
    "- id: recovers\n  title: {zh: 题, en: title}\n  covers: [304-SEC-002]\n  device: terminal\n"
    "  steps:\n    - {do: recover, expect: {outcome: accepted}}\n";

Ran run_selection(const std::vector<std::string>& selection) {
    return run_suite(suite_of(cases), simulated_devices(), {}, default_declaration(), default_profile(), selection);
}

TEST(LeftOut, IsCountedInTheHeaderAndNoPartOfTheRun) {
    const auto ran = run_selection({});
    EXPECT_EQ(ran.of_kind("case").size(), 1U);
    EXPECT_EQ(ran.of_kind("requirement").size(), 1U);
    EXPECT_EQ(ran.lines.front().at("left_out"), nlohmann::json::parse(R"([{"missing": ["terminal"], "cases": 1}])"));
    EXPECT_EQ(ran.totals.not_run, 0U);
    EXPECT_EQ(ran.totals.pass, 1U);
}

TEST(LeftOut, IsNotWhatWasAskedForByItsId) {
    const auto ran = run_selection({"recovers"});
    EXPECT_EQ(ran.totals.not_run, 1U);
    EXPECT_FALSE(ran.lines.front().contains("left_out"));
    EXPECT_EQ(ran.of_kind("case").front().at("reason").at("en"), "no terminal was given (--terminal)");
}

} // namespace
} // namespace tongka::harness
