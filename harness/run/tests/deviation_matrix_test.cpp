#include "harness/run/deviation_matrix.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

struct Judged {
    std::vector<MatrixRun> runs;
    MatrixJudgement judgement;
};

Judged judged(const LoadedSuite& suite, const std::vector<std::string>& names, bool until_shown = false) {
    static const std::vector<Setting> settings{setting_of("city-union"), setting_of("city-union")};
    std::vector<DeviationName> deviations;
    for (const auto& one : deviation_names())
        if (std::ranges::find(names, one.name) != names.end())
            deviations.push_back(one);
    const core::SystemClock clock;
    const MatrixRequest request{.suite = suite,
                                .settings = settings,
                                .deviations = deviations,
                                .layouts = TONGKA_SOURCE_DIR "/testcases/clearing",
                                .clock = clock,
                                .jobs = 2,
                                .until_shown = until_shown};
    auto runs = run_matrix(request);
    auto judgement = judge(runs, request);
    return {std::move(runs), std::move(judgement)};
}

std::string balance_case(const std::string& more, const std::string& expect) {
    return "- id: balance\n  title: {zh: 题, en: title}\n" + more +
           "  covers: [304-SEC-001]\n  device: card\n  steps:\n"
           "    - send: \"00 A4 04 00 [A00000000386980701] 00\"\n    - send: \"80 5C 00 02 04\"\n      expect: \"" +
           expect + "\"\n";
}

constexpr const char* noticed = "balance-without-state-refused";

TEST(DeviationMatrix, TellsWhatIsNoticedAndWhatSurvives) {
    const auto suite = suite_of(balance_case("", "9000 xxxxxxxx"));
    const auto [runs, judgement] = judged(suite, {noticed, "load-slow"});
    ASSERT_EQ(judgement.survivors.size(), 1U);
    EXPECT_EQ(judgement.survivors[0].name, "load-slow");
    EXPECT_TRUE(judgement.false_alarms.empty());
    EXPECT_TRUE(judgement.idle.empty());
    const auto found = std::ranges::find_if(
        runs, [](const MatrixRun& run) { return run.deviation && run.deviation->name == noticed; });
    ASSERT_NE(found, runs.end());
    ASSERT_EQ(found->caught.size(), 1U);
    EXPECT_EQ(found->caught[0].test_case->id, "balance");
}

TEST(DeviationMatrix, ARightDeviceThatFailsIsAFalseAlarm) {
    for (const bool until_shown : {false, true})
        EXPECT_EQ(judged(suite_of(balance_case("", "6985")), {noticed}, until_shown).judgement.false_alarms.size(), 2U);
}

TEST(DeviationMatrix, WhatIsShownIsNotShownAgain) {
    const auto ran = [](const Judged& all, std::string_view name) {
        std::vector<std::size_t> cases;
        for (const auto& run : all.runs)
            if (run.deviation && run.deviation->name == name)
                cases.push_back(run.ran.size());
        return cases;
    };
    const auto suite = suite_of(balance_case("", "9000 xxxxxxxx"));
    const auto all = judged(suite, {noticed, "load-slow"});
    EXPECT_EQ(ran(all, noticed), (std::vector<std::size_t>{1, 1}));
    const auto some = judged(suite, {noticed, "load-slow"}, true);
    EXPECT_EQ(ran(some, noticed), (std::vector<std::size_t>{1, 0}));
    EXPECT_EQ(ran(some, "load-slow"), (std::vector<std::size_t>{1, 1})) << "nothing has caught it yet";
    EXPECT_EQ(some.judgement.survivors.size(), all.judgement.survivors.size());
    const auto kept = judged(suite_of(balance_case("  kept: because\n", "9000 *")), {noticed}, true);
    EXPECT_EQ(kept.judgement.busy_and_kept.size(), 1U);
    const auto idle = judged(suite_of(balance_case("", "9000 *")), {"load-slow"}, true);
    EXPECT_EQ(ran(idle, "load-slow"), (std::vector<std::size_t>{1, 1})) << "the case has caught nothing yet";
    EXPECT_EQ(idle.judgement.idle.size(), 1U);
}

TEST(DeviationMatrix, ACaseThatCatchesNothingSaysWhyItIsKept) {
    const auto idle = suite_of(balance_case("", "9000 *"));
    EXPECT_EQ(judged(idle, {"load-slow"}).judgement.idle.size(), 1U);
    const auto kept = suite_of(balance_case("  kept: because\n", "9000 *"));
    EXPECT_TRUE(judged(kept, {"load-slow"}).judgement.idle.empty());
    EXPECT_EQ(judged(kept, {noticed}).judgement.busy_and_kept.size(), 1U);
}

TEST(DeviationMatrix, ACaseThatAnotherHasSpoiltIsRunOnANewDevice) {
    const std::string spoils = "- id: spoils\n  title: {zh: 题, en: title}\n  kept: x\n  covers: [304-SEC-001]\n"
                               "  device: card\n  steps:\n    - send: \"00 A4 04 00 [A00000000386980701] 00\"\n"
                               "    - repeat: 3\n      send: \"00 20 00 00 [000000]\"\n      expect: any\n";
    const std::string needs_pin = "- id: needs-pin\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n"
                                  "  device: card\n  setup:\n    - send: \"00 A4 04 00 [A00000000386980701] 00\"\n"
                                  "    - send: \"00 20 00 00 [123456]\"\n  steps:\n"
                                  "    - send: \"80 CA 00 00 09\"\n      expect: \"9000 xxxxxxxxxxxxxxxxxx\"\n";
    const auto suite = suite_of(spoils + needs_pin);
    const auto [runs, judgement] = judged(suite, {"message-short"});
    EXPECT_TRUE(judgement.survivors.empty());
}

} // namespace
} // namespace tongka::harness
