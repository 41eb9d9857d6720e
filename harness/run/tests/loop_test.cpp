#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

Ran ran_case(const std::string& steps, const std::string& procedures = "[]") {
    return run_suite(suite_of("- id: looped\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n"
                              "  steps:\n" +
                                  steps,
                              procedures),
                     simulated_devices());
}

std::vector<std::string> commands_of(const Ran& ran) {
    std::vector<std::string> commands;
    for (const auto& exchange : ran.of_kind("exchange"))
        commands.push_back(exchange.at("command"));
    return commands;
}

TEST(Loop, EachRowHasItsOwnNamesAndEachRoundItsNumber) {
    const auto ran = ran_case("    - steps:\n"
                              "        - {send: \"00 84 00 00 {size:1}\", expect: \"9000 {rand:4} *\"}\n"
                              "        - {check: \"left(rand, 2) == left(rand, 2)\"}\n"
                              "      for-each: [{size: \"04\"}, {size: \"08\"}]\n"
                              "    - {send: \"00 84 00 {round:1} 04\", expect: \"6A86\", repeat: 2}\n");
    EXPECT_EQ(commands_of(ran), (std::vector<std::string>{"0084000004", "0084000008", "0084000104", "0084000204"}));
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "pass") << ran.text;
    const auto exchanges = ran.of_kind("exchange");
    EXPECT_EQ(exchanges[1].at("step"), "steps[0]/row-2[0]");
    EXPECT_EQ(exchanges[3].at("step"), "steps[1]/round-2");
}

TEST(Loop, AFailureNamesItsRowAndEndsTheCase) {
    const auto ran =
        ran_case("    - send: \"00 84 {p1:1} 00 04\"\n"
                 "      expect: \"{=sw:2} *\"\n"
                 "      for-each: [{p1: \"00\", sw: \"9000\"}, {p1: u8(1), sw: \"9000\"}, {p1: \"02\", sw: "
                 "\"9000\"}]\n"
                 "      repeat: 2\n"
                 "      because: why\n");
    const auto verdict = ran.of_kind("verdict").front();
    EXPECT_EQ(verdict.at("verdict"), "fail");
    EXPECT_EQ(verdict.at("reason").at("en"), "row 2 (p1: u8(1), sw: 9000): round 1: the status word is 6A86, not 9000");
    EXPECT_EQ(verdict.at("reason").at("zh"), "第2行（p1: u8(1), sw: 9000）：第1次：状态字为6A86，应为9000");
    const auto check = ran.of_kind("check").back();
    EXPECT_EQ(check.at("step"), "steps[0]/row-2/round-1");
    EXPECT_EQ(check.at("message"), verdict.at("reason"));
    EXPECT_EQ(ran.of_kind("exchange").size(), 3U);
}

TEST(Loop, WhatHasNoValueNamesItsRowOnce) {
    const auto ran = ran_case("    - steps: [{check: \"left(x, 1) == 00\", repeat: 2}]\n"
                              "      for-each: [{x: ixit.nothing}]\n");
    const auto reason = ran.of_kind("verdict").front().at("reason").at("en").get<std::string>();
    EXPECT_EQ(reason.find("row 1 (x: ixit.nothing): "), 0U) << reason;
    EXPECT_EQ(reason.rfind("row 1"), 0U) << reason;
}

TEST(Loop, ABlockSpeaksForItsChecks) {
    const auto ran = ran_case("    - steps: [{send: \"00 84 00 00 04\"}]\n      because: the block's reason\n");
    EXPECT_EQ(ran.of_kind("check").front().at("because").at("en"), "the block's reason");
    EXPECT_EQ(ran.of_kind("check").front().at("step"), "steps[0][0]");
}

TEST(Loop, AProcedureIsCalledForEachRow) {
    const auto ran = ran_case("    - {call: asked, with: {size: size}, gives: {got: got}, for-each: [{size: \"04\"}, "
                              "{size: \"08\"}], repeat: 2}\n",
                              "- procedure: asked\n  title: {zh: 题, en: title}\n  device: card\n  params: {size: 1}\n"
                              "  returns: {got: 1}\n  steps:\n    - send: \"00 84 00 00 {size:1}\"\n"
                              "    - let: {got: size}\n");
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "pass") << ran.text;
    EXPECT_EQ(commands_of(ran), (std::vector<std::string>{"0084000004", "0084000004", "0084000008", "0084000008"}));
    EXPECT_EQ(ran.of_kind("exchange")[2].at("step"), "steps[0]/row-2/round-1/asked[0]");
}

} // namespace
} // namespace tongka::harness
