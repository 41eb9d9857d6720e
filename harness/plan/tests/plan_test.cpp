#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "harness/language/loader.hpp"
#include "harness/plan/plan.hpp"

namespace tongka::harness {
namespace {

std::string test_case(const std::string& id, const std::string& covers, const std::string& more = "") {
    return "- id: " + id + "\n  title: {zh: 题, en: title}\n  covers: [" + covers + "]\n" + more +
           (more.find("device") == std::string::npos ? "  device: card\n" : "") +
           "  steps:\n    - send: \"00 84 00 00 04\"\n      expect: \"9000 {rand:4}\"\n";
}

class PlanTest : public testing::Test {
protected:
    /// The ids of the plan, those that do not run with their reason; or the Error.
    std::string plan(std::vector<std::string> selection, const std::string& extra = "") {
        const auto text = test_case("challenge", "304-SEC-001") +
                          test_case("challenge-deposit", "304-SEC-002", "  applies: ED\n") +
                          test_case("psam-challenge", "304-SEC-001", "  device: psam\n") + extra;
        auto suite = parse_suite({{text, "cases.yaml", "cjt304"}}, {});
        if (!suite)
            return suite.error().message;
        Declaration declaration;
        declaration.claims = {{"EP", true}, {"ED", false}};
        const Role devices[] = {Role::card};
        const auto planned = make_plan(*suite, catalogue(), declaration, {}, selection, devices);
        if (!planned)
            return planned.error().message;
        std::string told;
        for (const auto& one : *planned)
            told += (told.empty() ? "" : ", ") + one.test_case->id +
                    (one.status == PlannedCase::Status::selected   ? ""
                     : one.status == PlannedCase::Status::left_out ? " (left out)"
                                                                   : " (" + one.reason.en + ")");
        for (const auto& [missing, cases] : left_out(*planned)) {
            told += "; " + std::to_string(cases) + " need";
            for (const auto role : missing)
                told += " " + option_of(role);
        }
        return told;
    }

    static const Catalogue& catalogue() {
        static const auto loaded = Catalogue::load(TONGKA_SOURCE_DIR "/testcases/catalogue").value();
        return loaded;
    }
};

TEST_F(PlanTest, EveryCaseThatDoesNotRunSaysWhy) {
    EXPECT_EQ(plan({}), "challenge, challenge-deposit (not declared: ED), "
                        "psam-challenge (left out); 1 need --psam");
}

TEST_F(PlanTest, IsNarrowedByCaseRequirementAndStandard) {
    EXPECT_EQ(plan({"challenge"}), "challenge");
    EXPECT_EQ(plan({"chall*"}), "challenge, challenge-deposit (not declared: ED)");
    EXPECT_EQ(plan({"304-SEC-001"}), "challenge, psam-challenge (left out); 1 need --psam");
    EXPECT_EQ(plan({"cjt304"}), plan({}));
}

TEST_F(PlanTest, ACaseThatNeedsMoreThanTheRunWasOfferedIsLeftOutUnlessItsIdWasAskedFor) {
    EXPECT_EQ(plan({"psam-challenge"}), "psam-challenge (no psam was given (--psam))");
    EXPECT_EQ(plan({"psam-*"}), "psam-challenge (left out); 1 need --psam");
    EXPECT_EQ(plan({"psam-*", "psam-challenge"}), "psam-challenge (no psam was given (--psam))");
    const auto both = test_case("taps", "304-SEC-001", "  devices: [terminal, card, psam]\n");
    EXPECT_EQ(plan({"304-SEC-001"}, both),
              "challenge, psam-challenge (left out), taps (left out); 1 need --psam; 1 need --terminal --psam");
}

TEST_F(PlanTest, ATermThatSelectsNothingIsAnError) {
    EXPECT_EQ(plan({"chalenge"}), "'chalenge' selects no case: did you mean 'challenge'?");
    EXPECT_EQ(plan({"challenge", "cjt333"}).substr(0, 24), "'cjt333' selects no case");
}

TEST_F(PlanTest, WhatTheCatalogueDoesNotKnowIsAnError) {
    EXPECT_EQ(plan({}, test_case("other", "304-SEC-091")),
              "cases.yaml:23:3: there is no requirement '304-SEC-091': did you mean '304-SEC-001'?");
    EXPECT_EQ(plan({}, test_case("other", "304-SEC-001", "  applies: EPP\n")).substr(0, 15), "cases.yaml:26:1");
}

} // namespace
} // namespace tongka::harness
