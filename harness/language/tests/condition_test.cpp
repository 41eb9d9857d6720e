#include <gtest/gtest.h>

#include "harness/language/condition.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

/// "yes: reason", "no: reason", or what is wrong, for a device that claims EP and CAPP, not ED.
std::string judged(const std::string& text) {
    auto clause = parse_condition(scalar(text), "applies");
    if (!clause)
        return clause.error().message;
    const Claims claims{{"EP", true}, {"ED", false}, {"GREY-LOCK", true}};
    auto result = evaluate(*clause, claims, core::Rules{});
    return result ? (result->applies ? "yes: " : "no: ") + result->reason.en : result.error().message;
}

TEST(Condition, Keys) {
    EXPECT_EQ(judged("EP"), "yes: declared: EP");
    EXPECT_EQ(judged("ED"), "no: not declared: ED");
    EXPECT_EQ(judged("not ED"), "yes: not declared: ED");
    EXPECT_EQ(judged("GREY-LOCK"), "yes: declared: GREY-LOCK");
}

TEST(Condition, Rules) {
    EXPECT_EQ(judged("rule(log-counter) == before"), "yes: rule log-counter is before");
    EXPECT_EQ(judged("rule(log-counter) == after"), "no: rule log-counter is before, not after");
    EXPECT_EQ(judged("rule(log-counter) != before"), "no: rule log-counter is before");
    EXPECT_EQ(judged("rule(completion-without-init) == 6901"), "yes: rule completion-without-init is 6901");
    EXPECT_EQ(judged("EP and not rule(prove-counter) == before"),
              "yes: declared: EP, rule prove-counter is after, not before");
}

TEST(Condition, NotBindsTighterThanAndThanOr) {
    EXPECT_EQ(judged("not ED and ED or EP").substr(0, 3), "yes");
    EXPECT_EQ(judged("not (ED and ED or EP)").substr(0, 2), "no");
    EXPECT_EQ(judged("EP or ED and ED").substr(0, 3), "yes");
    EXPECT_EQ(judged("(EP or ED) and ED").substr(0, 2), "no");
}

TEST(Condition, TheReasonIsWhatDecides) {
    EXPECT_EQ(judged("EP and ED"), "no: not declared: ED");
    EXPECT_EQ(judged("ED or not EP"), "no: not declared: ED, declared: EP");
    EXPECT_EQ(judged("ED or EP"), "yes: declared: EP");
}

TEST(Condition, AReasonCarriesTheTitleInBothLanguages) {
    const auto clause = parse_condition(scalar("CAPP and EP"), "applies").value();
    const auto told = evaluate(clause, {{"EP", true}, {"CAPP", false}}, core::Rules{},
                               {{"CAPP", {"复合应用消费", "composite purchase"}}});
    EXPECT_EQ(told->reason.zh, "未声明支持CAPP（复合应用消费）");
    EXPECT_EQ(told->reason.en, "not declared: CAPP (composite purchase)");
}

TEST(Condition, AConditionTellsItsKeys) {
    const auto clause =
        parse_condition(scalar("B and (not A or B and rule(log-counter) == before)"), "applies").value();
    EXPECT_EQ(keys_of(clause.root), (std::set<std::string>{"A", "B"}));
}

TEST(Condition, WhatIsNotDeclaredIsAnErrorEverywhere) {
    EXPECT_EQ(judged("CAPP"), "f:1:1: the ICS does not declare 'CAPP': known are ED, EP, GREY-LOCK");
    EXPECT_EQ(judged("EP or GREY-LOCKS"), "f:1:7: the ICS does not declare 'GREY-LOCKS': did you mean 'GREY-LOCK'?");
}

TEST(Condition, MistakesAreTold) {
    EXPECT_EQ(judged(""), "f:1:1: an ICS key is missing before the end");
    EXPECT_EQ(judged("EP and"), "f:1:7: an ICS key is missing before the end");
    EXPECT_EQ(judged("EP and or ED"), "f:1:8: an ICS key is missing before 'or'");
    EXPECT_EQ(judged("EP ED"), "f:1:4: 'and' or 'or' is missing before 'ED'");
    EXPECT_EQ(judged("(EP"), "f:1:4: ')' is missing before the end");
    EXPECT_EQ(judged("rule(log-conter) == before"),
              "f:1:6: there is no rule 'log-conter': did you mean 'log-counter'?");
    EXPECT_EQ(judged("rule(log-counter) == befor"),
              "f:1:22: 'befor' is no choice of rule 'log-counter': did you mean 'before'?");
    EXPECT_EQ(judged("rule(log-counter)"), "f:1:18: == or != is missing before the end");
    EXPECT_EQ(judged(std::string(100, '(') + "EP"), "f:1:61: nested more than 60 deep");
}

} // namespace
} // namespace tongka::harness
