#include <gmock/gmock.h>

#include "reports/report.hpp"
#include "reports/summary.hpp"
#include "reports/summary_text.hpp"
#include "reports/tests/sample.hpp"

namespace tongka::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A terminal that took an expired card.
const std::vector<std::string> lines = {
    R"({"kind":"requirement","id":"31778-FLW-001","standard":"gbt31778","title":{"zh":"题","en":"title"},"rule":{"zh":"规","en":"rule"},"level":"shall","edition":"2015","basis":"b","confidence":"verified","testable":"apdu"})",
    R"({"kind":"case","id":"expired","standard":"gbt31778","title":{"zh":"题","en":"title"},"covers":["31778-FLW-001"],"device":"terminal","source":"f:1","selection":"selected"})",
    R"({"kind":"begin","case":"expired","at":1})",
    R"({"kind":"action","case":"expired","device":"terminal","phase":"steps","step":"steps[0]","place":"f:6:7","action":"purchase","at":2,"arguments":{"amount":100,"date":"20991231"}})",
    R"({"kind":"exchange","case":"expired","device":"card","phase":"steps","step":"steps[0]","place":"f:6:7","at":3,"us":5,"command":"0084000004","response":"010203049000"})",
    R"({"kind":"outcome","case":"expired","device":"terminal","phase":"steps","step":"steps[0]","place":"f:6:7","action":"purchase","at":9,"us":7,"results":{"outcome":"accepted","debits":"01"}})",
    R"({"kind":"check","case":"expired","phase":"steps","step":"steps[0]","place":"f:6:7","pass":false,"expected":"outcome: refused","received":"outcome: accepted","message":{"zh":"outcome为accepted，应为refused","en":"outcome is accepted, not refused"},"requirements":["31778-FLW-001"]})",
    R"({"kind":"verdict","case":"expired","verdict":"fail","observation":false,"reason":"outcome is accepted, not refused","checks":1,"at":10,"us":9})",
    R"({"kind":"end","at":11,"totals":{"pass":0,"fail":1,"observation":0,"inconclusive":0,"error":0,"not_applicable":0,"not_run":0}})"};

TEST(ActionReport, AFailureSaysWhatWasAsked) {
    const test::Folder folder;
    const auto summary = summarize(folder.write("record.jsonl", test::make_record(lines))).value();
    const auto& failed = summary.cases.front().failures.front();
    EXPECT_EQ(failed.action.text(), "purchase amount=100 date=20991231");
    EXPECT_EQ(failed.exchange.command, "") << "what the terminal sent to the card explains no result";
}

TEST(ActionReport, EveryReportTellsIt) {
    const test::Folder folder;
    const auto record = folder.write("record.jsonl", test::make_record(lines));
    ASSERT_TRUE(write_reports(record, folder.path(), {.language = Language::en}));
    const auto html = test::read_file(folder.path() / "report.html");
    EXPECT_THAT(html, HasSubstr("terminal: purchase amount=100 date=20991231"));
    EXPECT_THAT(
        html,
        HasSubstr(
            R"("k":"a","p":"steps","s":"steps[0]","d":"terminal","c":"purchase","v":[["amount","100"],["date","20991231"]])"));
    EXPECT_THAT(
        html,
        HasSubstr(
            R"("k":"o","p":"steps","s":"steps[0]","d":"terminal","c":"purchase","v":[["debits","01"],["outcome","accepted"]])"));
    EXPECT_THAT(test::read_file(folder.path() / "junit.xml"),
                HasSubstr("asked     terminal: purchase amount=100 date=20991231"));
    EXPECT_THAT(
        test::read_file(folder.path() / "report.json"),
        HasSubstr(
            R"("asked":{"device":"terminal","action":"purchase","arguments":{"amount":"100","date":"20991231"}})"));
}

TEST(ActionReport, WhatWasLeftOutIsToldInOneLine) {
    Summary summary;
    summary.complete = true;
    summary.header.left_out = {{{"terminal"}, 83}, {{"isam", "host"}, 1}};
    const auto text = summary_text(summary, {}, {.language = Language::en, .colour = false});
    EXPECT_THAT(text, HasSubstr("\n83 cases need a terminal and were left out: give --terminal\n"));
    EXPECT_THAT(text, HasSubstr("\n1 case needs an isam and a host and was left out: give --isam, --host\n"));
    EXPECT_THAT(summary_text(summary, {}, {.language = Language::zh, .colour = false}),
                HasSubstr("\n83个用例需要terminal，未列入本次运行：用--terminal指定\n"));
}

} // namespace
} // namespace tongka::reports
