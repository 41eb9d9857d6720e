#include <gmock/gmock.h>

#include "reports/summary.hpp"
#include "reports/summary_text.hpp"
#include "reports/tests/sample.hpp"

namespace tongka::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

const Requirement& requirement(const Summary& summary, std::string_view id) {
    return *std::ranges::find(summary.requirements, id, &Requirement::id);
}

const Case& case_named(const Summary& summary, std::string_view id) {
    return *std::ranges::find(summary.cases, id, &Case::id);
}

Summary sample() {
    auto summary = summarize(test::sample_record());
    EXPECT_TRUE(summary) << summary.error().message;
    return *std::move(summary);
}

TEST(Summary, CountsEveryOutcomeApart) {
    const auto summary = sample();
    EXPECT_TRUE(summary.complete);
    EXPECT_EQ(summary.totals[Outcome::pass], 3U);
    EXPECT_EQ(summary.totals[Outcome::fail], 2U);
    EXPECT_EQ(summary.totals[Outcome::observation], 1U);
    EXPECT_EQ(summary.totals[Outcome::inconclusive], 1U);
    EXPECT_EQ(summary.totals[Outcome::error], 1U);
    EXPECT_EQ(summary.totals[Outcome::not_applicable], 1U);
    EXPECT_EQ(summary.totals[Outcome::not_run], 1U);
    EXPECT_EQ(summary.totals.sum(), summary.cases.size());
    EXPECT_EQ(summary.exchanges, 15U);
}

TEST(Summary, AFailureHasTheExchangeOfItsStep) {
    const auto summary = sample();
    const auto& failures = case_named(summary, "purchase-mac1-wrong").failures;
    ASSERT_EQ(failures.size(), 2U);
    EXPECT_THAT(failures[0].exchange.command, testing::StartsWith("80540100"));
    EXPECT_THAT(failures[1].exchange.command, "805C000204");
    const auto& compared = case_named(summary, "purchase-mac1-twice").failures;
    ASSERT_EQ(compared.size(), 2U);
    EXPECT_THAT(compared[1].exchange.command, "") << "a step that sends nothing has no exchange";
}

TEST(Summary, JudgesRequirementsByTheirChecks) {
    const auto summary = sample();
    EXPECT_EQ(requirement(summary, "304-PUR-012").outcome, Outcome::fail);
    EXPECT_EQ(requirement(summary, "304-PUR-014").outcome, Outcome::observation);
    EXPECT_EQ(requirement(summary, "304-PIN-003").outcome, Outcome::pass);
    EXPECT_EQ(requirement(summary, "304-UNL-013").outcome, Outcome::not_applicable);
    EXPECT_EQ(requirement(summary, "304-PUR-001").outcome, Outcome::inconclusive) << "one of its cases is";
    EXPECT_EQ(requirement(summary, "333-KEY-003").outcome, Outcome::error);
}

const std::vector<std::string> two_cases = {
    R"({"kind":"requirement","id":"R-1","standard":"cjt304","title":"one","confidence":"verified"})",
    R"({"kind":"requirement","id":"R-2","standard":"cjt304","title":"two","confidence":"verified"})",
    R"({"kind":"case","id":"cjt304/a","standard":"cjt304","title":"A","covers":["R-1","R-2"],"selection":"selected"})",
    R"({"kind":"case","id":"cjt304/b","standard":"cjt304","title":"B","covers":["R-1"],"selection":"selected"})",
};

Summary summary_of(std::vector<std::string> lines) {
    lines.insert(lines.begin(), two_cases.begin(), two_cases.end());
    test::Folder folder;
    auto summary = summarize(folder.write("record.jsonl", test::make_record(lines)));
    EXPECT_TRUE(summary) << summary.error().message;
    return *std::move(summary);
}

TEST(Summary, ACaseThatFailedOverOneRequirementDoesNotBlameTheOther) {
    const auto summary = summary_of({
        R"({"kind":"begin","case":"cjt304/a","at":1})",
        R"({"kind":"check","case":"cjt304/a","phase":"steps","step":"steps[0]","pass":true,"requirements":["R-1"]})",
        R"({"kind":"check","case":"cjt304/a","phase":"steps","step":"steps[1]","pass":false,"requirements":["R-2"]})",
        R"({"kind":"verdict","case":"cjt304/a","verdict":"fail","checks":2,"at":9,"us":8})",
        R"({"kind":"begin","case":"cjt304/b","at":10})",
        R"({"kind":"check","case":"cjt304/b","phase":"steps","step":"steps[0]","pass":true,"requirements":["R-1"]})",
        R"({"kind":"verdict","case":"cjt304/b","verdict":"pass","checks":1,"at":19,"us":8})",
    });
    EXPECT_EQ(requirement(summary, "R-1").outcome, Outcome::pass);
    EXPECT_EQ(requirement(summary, "R-2").outcome, Outcome::fail);
}

TEST(Summary, ARunThatWasCutOffSaysSo) {
    const auto summary = summary_of({R"({"kind":"begin","case":"cjt304/a","at":1})"});
    EXPECT_FALSE(summary.complete);
    EXPECT_EQ(summary.totals[Outcome::not_run], 2U);
    EXPECT_EQ(summary.cases[0].reason.en, "the run was cut off in this case");
    EXPECT_EQ(summary.cases[1].reason.en, "the run was cut off before this case");
    EXPECT_THAT(summary_text(summary, "out", {core::Language::en}), HasSubstr("The record has no end"));
}

TEST(Summary, AResumedCaseCountsOnce) {
    const auto exchange =
        R"({"kind":"exchange","case":"cjt304/a","phase":"steps","step":"steps[0]","command":"00","response":"9000"})";
    const auto summary = summary_of({
        R"({"kind":"begin","case":"cjt304/a","at":1})",
        exchange,
        R"({"kind":"check","case":"cjt304/a","phase":"steps","step":"steps[0]","pass":false,"requirements":["R-1"]})",
        R"({"kind":"begin","case":"cjt304/a","at":20})",
        exchange,
        R"({"kind":"check","case":"cjt304/a","phase":"steps","step":"steps[0]","pass":true,"requirements":["R-1"]})",
        R"({"kind":"verdict","case":"cjt304/a","verdict":"pass","checks":1,"at":29,"us":8})",
    });
    EXPECT_EQ(summary.exchanges, 1U);
    EXPECT_TRUE(summary.cases[0].failures.empty());
    EXPECT_EQ(summary.cases[0].outcome, Outcome::pass);
}

TEST(Summary, TotalsThatAreNotThoseOfTheVerdictsAreRefused) {
    auto lines = two_cases;
    lines.push_back(
        R"({"kind":"end","at":9,"totals":{"pass":2,"fail":0,"observation":0,"inconclusive":0,"error":0,"not_applicable":0,"not_run":0}})");
    test::Folder folder;
    const auto summary = summarize(folder.write("record.jsonl", test::make_record(lines)));
    ASSERT_FALSE(summary);
    EXPECT_THAT(summary.error().message, HasSubstr("record.jsonl:6: the totals are not those of the verdicts"));
}

TEST(Summary, AnExchangeOfAnUnknownCaseIsRefused) {
    test::Folder folder;
    const auto summary =
        summarize(folder.write("record.jsonl", test::make_record({R"({"kind":"begin","case":"cjt304/x","at":1})"})));
    ASSERT_FALSE(summary);
    EXPECT_THAT(summary.error().message, HasSubstr("there is no case \"cjt304/x\" before this line"));
}

TEST(SummaryText, TellsFailuresWithTheirReasonsInBothLanguages) {
    const auto summary = sample();
    const auto zh = summary_text(summary, "out", {core::Language::zh});
    const auto en = summary_text(summary, "out", {core::Language::en});
    EXPECT_THAT(zh, HasSubstr("purchase-mac1-wrong  消费的MAC1错误\n      steps[2]：应为9302，实为9000"));
    EXPECT_THAT(en,
                HasSubstr("steps[2]: 9302 expected, 9000 received\n      testcases/cases/cjt304/purchase.yaml:31:7"));
    EXPECT_THAT(zh, HasSubstr("报告 out/report.html"));
    EXPECT_THAT(
        en,
        HasSubstr("Pass 3  Fail 2  Observation 1  Inconclusive 1  Error 1  Not run 1  Not applicable 1  of 10 cases"));
    EXPECT_THAT(en, Not(HasSubstr("\x1b")));
}

} // namespace
} // namespace tongka::reports
