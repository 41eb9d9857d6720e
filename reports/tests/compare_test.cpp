#include <fmt/format.h>
#include <gmock/gmock.h>

#include "reports/compare.hpp"
#include "reports/compare_set_up.hpp"
#include "reports/tests/folder.hpp"
#include "reports/tests/sample.hpp"

namespace tongka::reports {
namespace {

using testing::IsEmpty;

/// What a test says of one case of a run.
struct Told {
    std::string id, verdict;
    std::vector<std::pair<std::string, std::string>> exchanges; ///< command, response
    unsigned us = 100;                                          ///< each
};

std::vector<std::string> lines_of_run(const std::vector<Told>& cases) {
    std::vector<std::string> lines;
    for (const auto& one : cases)
        lines.push_back(fmt::format(
            R"({{"kind":"case","id":"{}","standard":"cjt304","title":"t","covers":[],"device":"card","source":"a:1","selection":"selected"}})",
            one.id));
    for (const auto& one : cases) {
        if (one.verdict.empty())
            continue;
        lines.push_back(fmt::format(R"({{"kind":"begin","case":"{}","at":1}})", one.id));
        for (const auto& [command, response] : one.exchanges)
            lines.push_back(fmt::format(
                R"({{"kind":"exchange","case":"{}","device":"card","phase":"steps","step":"steps[0]","at":1,"us":{},"command":"{}","response":"{}"}})",
                one.id, one.us, command, response));
        lines.push_back(fmt::format(R"({{"kind":"verdict","case":"{}","verdict":"{}","checks":0,"at":1,"us":1}})",
                                    one.id, one.verdict));
    }
    return lines;
}

/// A run in a file, with what is needed to compare it.
class RunFile {
public:
    RunFile(const std::vector<Told>& cases, bool complete) {
        auto lines = lines_of_run(cases);
        Totals totals;
        if (complete) {
            for (const auto& one : cases)
                ++totals[one.verdict == "pass" ? Outcome::pass : Outcome::fail];
            lines.push_back(fmt::format(
                R"({{"kind":"end","at":1,"totals":{{"pass":{},"fail":{},"observation":0,"inconclusive":0,"error":0,"not_run":0,"not_applicable":0}}}})",
                totals[Outcome::pass], totals[Outcome::fail]));
        }
        const auto file = folder_.write("record.jsonl", test::make_record(lines));
        auto read = summarize(file);
        EXPECT_TRUE(read) << read.error().message;
        summary_ = *std::move(read);
        auto opened = RecordPieces::open(file);
        EXPECT_TRUE(opened);
        pieces_.emplace(*std::move(opened));
    }

    Side side() { return {summary_, *pieces_}; }

private:
    test::Folder folder_;
    Summary summary_;
    std::optional<RecordPieces> pieces_;
};

Comparison compared(RunFile& before, RunFile& after) {
    auto made = compare(before.side(), after.side());
    EXPECT_TRUE(made) << made.error().message;
    return *std::move(made);
}

TEST(Compare, OnlyAVerdictCanGetWorseOrBetter) {
    using enum Outcome;
    EXPECT_EQ(change_of(pass, fail), Change::worse);
    EXPECT_EQ(change_of(pass, error), Change::worse);
    EXPECT_EQ(change_of(pass, observation), Change::worse);
    EXPECT_EQ(change_of(error, fail), Change::worse);
    EXPECT_EQ(change_of(observation, inconclusive), Change::worse);
    EXPECT_EQ(change_of(fail, pass), Change::better);
    EXPECT_EQ(change_of(inconclusive, observation), Change::better);
    EXPECT_EQ(change_of(fail, error), Change::other) << "it may still fail";
    EXPECT_EQ(change_of(error, inconclusive), Change::other);
    EXPECT_EQ(change_of(pass, not_run), Change::other);
    EXPECT_EQ(change_of(not_applicable, fail), Change::other);
    EXPECT_EQ(change_of(fail, fail), Change::same);
}

TEST(Compare, WhatGotWorseStandsFirst) {
    RunFile before({{"a", "fail", {}}, {"b", "pass", {}}, {"c", "pass", {}}, {"gone", "pass", {}}}, true);
    RunFile after({{"new", "pass", {}}, {"a", "pass", {}}, {"b", "pass", {}}, {"c", "fail", {}}}, true);
    const auto made = compared(before, after);
    ASSERT_EQ(made.pairs.size(), 3U);
    EXPECT_EQ(made.pairs[0].after->id, "c");
    EXPECT_EQ(made.pairs[1].after->id, "a");
    EXPECT_EQ(made.pairs[2].after->id, "b");
    EXPECT_TRUE(made.worse());
    ASSERT_EQ(made.added.size(), 1U);
    EXPECT_EQ(made.added[0]->id, "new");
    ASSERT_EQ(made.gone.size(), 1U);
    EXPECT_EQ(made.gone[0]->id, "gone");
}

TEST(Compare, ExchangesAreTheSameByHeaderAndStatusWord) {
    RunFile before({{"a", "pass", {{"00A4000002DF01", "9000"}, {"0084000004", "010203049000"}}}}, true);
    RunFile other_random({{"a", "pass", {{"00A4000002DF01", "9000"}, {"0084000004", "A1A2A3A49000"}}}}, true);
    EXPECT_FALSE(compared(before, other_random).pairs[0].difference);

    RunFile other_answer({{"a", "pass", {{"00A4000002DF01", "9000"}, {"0084000004", "6A81"}}}}, true);
    const auto answered = compared(before, other_answer).pairs[0].difference;
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->number, 2U);
    EXPECT_EQ(answered->before->status, "9000");
    EXPECT_EQ(answered->after->status, "6A81");

    RunFile shorter({{"a", "pass", {{"00A4000002DF01", "9000"}}}}, true);
    const auto ended = compared(before, shorter).pairs[0].difference;
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->number, 2U);
    EXPECT_EQ(ended->before->command, "00840000");
    EXPECT_FALSE(ended->after);

    RunFile lost({{"a", "pass", {{"00A4000002DF01", ""}, {"0084000004", "010203049000"}}}}, true);
    const auto unanswered = compared(before, lost).pairs[0].difference;
    ASSERT_TRUE(unanswered);
    EXPECT_EQ(unanswered->number, 1U);
    EXPECT_EQ(unanswered->after->status, "");
}

TEST(Compare, WhatACutOffRunDidNotReachIsNotCompared) {
    RunFile before({{"a", "pass", {}}, {"b", "pass", {}}}, true);
    RunFile after({{"a", "pass", {}}, {"b", "", {}}}, false);
    const auto made = compared(before, after);
    EXPECT_EQ(made.pairs.size(), 1U);
    EXPECT_EQ(made.unreached, 1U);
    EXPECT_FALSE(made.worse());
}

TEST(Compare, TimesAreToldWhereTheyChangedByMoreThanTheBound) {
    const std::vector<std::pair<std::string, std::string>> one = {{"0084000004", "9000"}};
    RunFile before({{"slow", "pass", one, 20'000},
                    {"slower", "pass", one, 20'000},
                    {"noise", "pass", one, 100},
                    {"bit", "pass", one, 20'000},
                    {"fast", "pass", one, 90'000},
                    {"longer", "pass", one, 20'000}},
                   true);
    RunFile after({{"slow", "pass", one, 40'000},
                   {"slower", "pass", one, 90'000},
                   {"noise", "pass", one, 900},
                   {"bit", "pass", one, 30'000},
                   {"fast", "pass", one, 20'000},
                   {"longer", "pass", {one[0], one[0]}, 20'000}},
                  true);
    const auto made = compared(before, after);
    const auto times = time_changes(made, {1.5, 10'000});
    ASSERT_EQ(times.slower.size(), 2U);
    EXPECT_EQ(times.slower[0]->after->id, "slower");
    EXPECT_EQ(times.slower[0]->after->device_us, 90'000U);
    EXPECT_EQ(times.slower[1]->after->id, "slow");
    ASSERT_EQ(times.faster.size(), 1U);
    EXPECT_EQ(times.faster[0]->after->id, "fast");
    EXPECT_THAT(time_changes(made, {10.0, 10'000}).slower, IsEmpty());
}

TEST(Compare, TellsWhatChangedInTheSetUp) {
    Header before;
    before.tool = "tongka";
    before.tool_version = "1";
    before.seed = "5";
    before.rules = {{"log-counter", "after", "before", "", "", {}}};
    before.devices = {{"card", "sim:card", "", "", "3B00", "", "", "", "", ""}};
    before.started = "2024-01-31T08:15:30Z";
    auto after = before;
    after.started = "2025-01-31T08:15:30Z";
    EXPECT_THAT(set_up_changes(before, after), IsEmpty());
    after.tool_version = "2";
    after.rules[0].value = "before";
    after.devices[0].atr = "3B01";
    after.devices.push_back({"psam", "sim:psam", "", "", "", "", "", "", "", ""});
    std::vector<std::string> told;
    for (const auto& change : set_up_changes(before, after))
        told.push_back(change.what + ":" + change.before + ">" + change.after);
    EXPECT_THAT(told, testing::ElementsAre("tool:tongka 1>tongka 2", "device.card.atr:3B00>3B01",
                                           "rule.log-counter:after>before", "device.psam.spec:>sim:psam"));
}

} // namespace
} // namespace tongka::reports
