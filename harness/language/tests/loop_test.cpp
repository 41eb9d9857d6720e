#include <gtest/gtest.h>

#include "harness/language/loader.hpp"

namespace tongka::harness {
namespace {

core::Result<Suite> load(const std::string& steps) {
    const auto text =
        "- id: one\n  title: {zh: 一, en: One}\n  covers: [304-PUR-001]\n  device: card\n  steps:\n" + steps;
    const char* procedures = "- procedure: torn\n  title: {zh: 一, en: One}\n  device: card\n  params: {x: 1}\n"
                             "  steps:\n  - {send: '00B09600 {x:1}', tear: {after-write: 1}}\n";
    return parse_suite({{text, "c", "cjt304"}}, {{procedures, "p", ""}});
}

/// What is wrong with a case of these steps, the first of which stands in line 6.
std::string mistake_in(const std::string& steps) {
    auto suite = load(steps);
    return suite ? "none" : suite.error().message;
}

TEST(Loop, ATableAndRoundsAreRead) {
    auto suite = load("  - send: '00A4 {p1:1} {round:1}'\n"
                      "    expect: '{=sw:2} {x:1}'\n"
                      "    for-each:\n"
                      "    - {p1: '01', sw: '6A86'}\n"
                      "    - {sw: '9000', p1: u8(4)}\n"
                      "    repeat: 3\n"
                      "  - steps:\n"
                      "    - {send: '00B0960001', expect: '9000 {x:1}'}\n"
                      "    - {call: torn, with: {x: x}}\n"
                      "    - {check: 'p1 == 01'}\n"
                      "    for-each: [{p1: '01'}]\n");
    ASSERT_TRUE(suite) << suite.error().message;
    const auto& one = suite->cases.at(0);
    EXPECT_EQ(one.steps[0].rows.size(), 2U);
    EXPECT_EQ(one.steps[0].repeat->times, 3U);
    EXPECT_EQ(std::get<Block>(one.steps[1].action).steps.size(), 3U);
    EXPECT_NE(std::get<Call>(std::get<Block>(one.steps[1].action).steps[1].action).procedure, nullptr);
    EXPECT_EQ(one.needs.torn, std::vector{Role::card});
}

TEST(Loop, WhatIsBoundInsideIsGoneBehind) {
    const std::string rows = "    for-each: [{p1: '01'}]\n";
    EXPECT_EQ(mistake_in("  - send: '00B09600 {p1:1}'\n    expect: '9000 {x:1}'\n" + rows + "  - check: 'x == 01'\n"),
              "c:9:13: 'x' is not bound here: it is bound anew in each row or round, and gone after the last");
    EXPECT_EQ(mistake_in("  - {send: '00B0960001', expect: '9000 {x:1}', repeat: 2}\n  - check: 'round == 01'\n"),
              "c:7:13: 'round' is not bound here: it is bound anew in each row or round, and gone after the last");
    EXPECT_EQ(mistake_in("  - send: '00B09600 {y:1}'\n    for-each: [{y: '01'}]\n  - send: '00B09600 {y:1}'\n"
                         "    for-each: [{y: '01'}]\n  - let: {y: '0102'}\n  - check: 'y == 0102'\n"),
              "none");
    EXPECT_EQ(mistake_in("  - send: '00B09600 {y:1}'\n    for-each: [{y: '01'}]\n  - send: '00B0960001'\n"
                         "    for-each: [{y: '01'}]\n"),
              "c:9:17: 'y' of the rows is never used");
}

TEST(Loop, ABlockThatIsDoneOnceBindsAsItsStepsDo) {
    const std::string block = "  - steps: [let: {x: '01'}, {check: 'x == 01', when: 'x == 01'}]\n";
    EXPECT_EQ(mistake_in(block + "  - check: 'x == 01'\n"), "none");
    const std::string when = "    when: rule(log-counter) == before\n";
    EXPECT_EQ(mistake_in(block + when + "  - check: 'x == 01'\n"),
              "c:8:13: 'x' is bound only when rule(log-counter) == before, in line 6: a step that uses it needs the "
              "same 'when'");
    EXPECT_EQ(mistake_in(block + when + "  - check: 'x == 01'\n" + when), "none");
    EXPECT_EQ(mistake_in("  - steps:\n    - {let: {x: '01'}, when: rule(load-needs-pin) == yes}\n" + when +
                         "  - check: 'x == 01'\n" + when),
              "c:9:13: 'x' is bound only when rule(log-counter) == before and rule(load-needs-pin) == yes, in line 7: "
              "a step that uses it needs the same 'when'");
}

struct Mistake {
    const char* steps;
    const char* message;
};

class LoopMistakes : public testing::TestWithParam<Mistake> {};
TEST_P(LoopMistakes, AreToldWithTheirPlace) {
    EXPECT_EQ(mistake_in(GetParam().steps), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, LoopMistakes,
    testing::Values(
        Mistake{"  - check: 'sw == sw'\n    for-each: [{sw: '6A86'}, {swx: '6A86'}]\n",
                "c:7:31: the first row has no 'swx': did you mean 'sw'?"},
        Mistake{"  - check: 'p1 | sw == p1 | sw'\n    for-each: [{p1: '01', sw: '6A86'}, {p1: '01'}]\n",
                "c:7:40: the row needs 'sw', as the first has it"},
        Mistake{"  - check: 'sw == sw'\n    for-each: [{sw: '6A86'}, {sw: '6A'}]\n",
                "c:7:35: 'sw' is 2 bytes in the rows before, but here it is 1 byte"},
        Mistake{"  - check: 'sw == sw'\n    for-each: [{sw: '6A86'}, {sw: key(DTK)}]\n",
                "c:7:35: 'sw' is 2 bytes in the rows before, but here it is a key"},
        Mistake{"  - check: 'x == x'\n    for-each: [{x: '01', y: x}]\n", "c:7:29: 'x' is not bound here"},
        Mistake{"  - check: '01 == 01'\n    for-each: []\n", "c:7:15: 'for-each' has no rows"},
        Mistake{"  - check: '01 == 01'\n    for-each: [{}]\n", "c:7:15: 'for-each' has no rows"},
        Mistake{"  - check: '01 == 01'\n    for-each: [a]\n", "c:7:16: a row must be a mapping, not a text"},
        Mistake{"  - check: '01 == 01'\n    for-each: {a1: '01'}\n",
                "c:7:15: 'for-each' must be a list, not a mapping"},
        Mistake{"  - let: {x: '01'}\n  - check: 'x == x'\n    for-each: [{x: '01'}]\n",
                "c:8:17: 'x' is bound already, in line 6"},
        Mistake{"  - check: '01 == 01'\n    repeat: 256\n",
                "c:7:13: how often a step is repeated is a decimal number from 1 to 255, not '256'"},
        Mistake{"  - let: {round: '01'}\n  - check: 'round == 01'\n    repeat: 2\n",
                "c:8:13: 'round' is bound already, in line 6"},
        Mistake{"  - steps: [{check: 'round == 01', repeat: 2}]\n    repeat: 2\n",
                "c:6:44: 'round' is bound already, in line 7"},
        Mistake{"  - {let: {x: '01'}, repeat: 2}\n", "c:6:22: 'repeat' does not go with 'let'"},
        Mistake{"  - {steps: []}\n", "c:6:13: 'steps' has no steps"},
        Mistake{"  - {steps: [sned: '00']}\n", "c:6:14: unknown key 'sned' in a step: did you mean 'send'?"}));

} // namespace
} // namespace tongka::harness
