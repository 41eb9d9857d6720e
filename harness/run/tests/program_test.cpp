#include "core/hex.hpp"
#include "harness/run/hands.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

using namespace core::literals;

/// Runs a case that is this program.
Ran run_program(Program program) {
    auto suite = suite_of(
        "- id: other\n  title: {zh: x, en: x}\n  covers: [304-SEC-001]\n  device: card\n  steps: [{reset: card}]\n");
    suite.suite.cases.clear();
    suite.suite.cases.push_back({.id = "programmed",
                                 .standard = "cjt304",
                                 .place = "case.py:3:1",
                                 .title = Words::of_one("A program"),
                                 .covers = {"304-SEC-001"},
                                 .devices = {Role::card},
                                 .program = std::move(program)});
    return run_suite(suite, simulated_devices());
}

CheckResult holds(bool pass) {
    return {.pass = pass, .expected = "01", .received = "02", .message = Words::of_one("it differs")};
}

TEST(Program, WhatItDoesIsRecordedAsStepsAre) {
    const auto ran = run_program([](Hands& hands, ProgramPart part) {
        if (part != ProgramPart::steps)
            return;
        ASSERT_TRUE(hands.send(Role::card, "80CA000009"_hex, false, "case.py:5:1"));
        hands.check(holds(true), "case.py:5:1", std::nullopt, {});
    });
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "pass");
    EXPECT_EQ(ran.of_kind("exchange").front().at("step"), "steps[0]");
    EXPECT_EQ(ran.of_kind("exchange").front().at("place"), "case.py:5:1");
    EXPECT_EQ(ran.of_kind("check").front().at("step"), "steps[0]");
    EXPECT_EQ(ran.of_kind("check").front().at("requirements"), nlohmann::json({"304-SEC-001"}));
}

TEST(Program, AFailedCheckEndsItsPhase) {
    const auto ran = run_program([](Hands& hands, ProgramPart part) {
        hands.check(holds(part != ProgramPart::steps), "case.py:5:1", std::nullopt, {});
        EXPECT_EQ(hands.is_over(), part == ProgramPart::steps);
        EXPECT_EQ(hands.send(Role::card, "80CA000009"_hex, false, "case.py:6:1").has_value(),
                  part != ProgramPart::steps);
    });
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "fail");
    EXPECT_EQ(ran.of_kind("exchange").size(), 2U) << "those of setup and cleanup";
}

TEST(Program, SetupThatFailsLeavesTheStepsOut) {
    bool stepped = false;
    const auto ran = run_program([&](Hands& hands, ProgramPart part) {
        stepped |= part == ProgramPart::steps;
        hands.check(holds(part != ProgramPart::setup), "case.py:5:1", std::nullopt, {});
    });
    EXPECT_FALSE(stepped);
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "inconclusive");
}

TEST(Program, WhatGivesUpIsAnError) {
    const auto ran = run_program([](Hands& hands, ProgramPart part) {
        if (part == ProgramPart::steps)
            hands.give_up(Words::of_one("no idea"));
    });
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "error");
    EXPECT_EQ(ran.of_kind("verdict").front().at("reason"), "no idea");
}

} // namespace
} // namespace tongka::harness
