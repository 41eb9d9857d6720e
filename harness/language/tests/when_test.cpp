#include <gtest/gtest.h>

#include "harness/language/loader.hpp"

namespace tongka::harness {
namespace {

/// What is wrong with a case of these steps, the first of which stands in line 6.
std::string mistake_in(const std::string& steps) {
    const auto text =
        "- id: one\n  title: {zh: 一, en: One}\n  covers: [304-PUR-001]\n  device: card\n  steps:\n" + steps;
    auto suite = parse_suite({{text, "c", "cjt304"}}, {});
    return suite ? "none" : suite.error().message;
}

std::string let(const std::string& value, const std::string& when, const std::string& name = "x") {
    return "  - {let: {" + name + ": \"" + value + "\"}, when: \"" + when + "\"}\n";
}
std::string use(const std::string& when = {}) {
    return "  - {check: \"x == x\"" + (when.empty() ? "" : ", when: \"" + when + "\"") + "}\n";
}

constexpr const char* before = "rule(log-counter) == before";
constexpr const char* not_before = "rule(log-counter) != before";
constexpr const char* after = "rule(log-counter) == after";

TEST(When, StepsOfWhichOneAloneRunsMayBindOneName) {
    EXPECT_EQ(mistake_in(let("01", before) + let("02", not_before) + use()), "none");
    EXPECT_EQ(mistake_in(let("01", before) + let("02", after) + use()), "none") << "there is no third choice";
    EXPECT_EQ(mistake_in(let("01", before) + "  - {send: '00B0960001', expect: '9000 {x:1}', when: '" + not_before +
                         "'}\n" + use()),
              "none");
}

TEST(When, TheNameIsSureUnderAnyConditionThatImpliesItsOwn) {
    EXPECT_EQ(mistake_in(let("01", before) + use("rule(log-counter) != after")), "none");
    EXPECT_EQ(
        mistake_in(let("01", before) + use(after)),
        "c:7:14: 'x' is bound only when rule(log-counter) == before, in line 6: a step that uses it needs the same "
        "'when'");
    EXPECT_EQ(mistake_in(let("01", before) + let("01", before, "y") + let("y", before)),
              "c:8:12: 'x' is bound already, in line 6");
}

TEST(When, AValueOfHexIsAChoiceToo) {
    const std::string rule = "rule(completion-without-init)";
    EXPECT_EQ(mistake_in(let("01", rule + " == 6901") + let("02", rule + " != 6901") + use()), "none");
    EXPECT_EQ(mistake_in(let("01", rule + " == 6901") + let("02", rule + " >= 6901")),
              "c:7:12: 'x' is bound already, in line 6");
}

TEST(When, OtherConditionsExcludeNothing) {
    EXPECT_EQ(mistake_in(let("01", "today == now | 00") + let("02", "today != now | 00")),
              "c:7:12: 'x' is bound already, in line 6");
    EXPECT_EQ(mistake_in(let("01", before) + let("02", "rule(load-needs-pin) == yes")),
              "c:7:12: 'x' is bound already, in line 6");
    EXPECT_EQ(mistake_in(let("01", before) + "  - let: {x: '02'}\n"), "c:7:11: 'x' is bound already, in line 6");
}

TEST(When, ChoicesThatAreLeftOutAreTold) {
    const std::string rule = "rule(composite-update) ";
    const auto two = let("01", rule + "== tlv") + let("02", rule + "== number");
    EXPECT_EQ(mistake_in(two + use()), "c:8:14: 'x' is bound only when rule(composite-update) == tlv, in line 6, or "
                                       "rule(composite-update) == number, in line 7: a step that uses it needs the "
                                       "same 'when'");
    EXPECT_EQ(mistake_in(two + use(rule + "!= cyclic")), "none");
    EXPECT_EQ(mistake_in(two + let("03", rule + "== cyclic") + use()), "none");
}

TEST(When, BothAreOfOneWidth) {
    EXPECT_EQ(mistake_in(let("01", before) + let("0203", not_before)),
              "c:7:12: 'x' is 1 byte in line 6, but here it is 2 bytes");
    EXPECT_EQ(mistake_in(let("01", before) + let("key(DTK)", not_before)),
              "c:7:12: 'x' is 1 byte in line 6, but here it is a key");
    EXPECT_EQ(mistake_in(let("0102", before) + let("ixit.a", not_before) + "  - {check: 'x == 01'}\n"), "none")
        << "the width is known when it runs";
}

TEST(When, AProcedureMayReturnWhatIsSure) {
    const std::string head =
        "- procedure: p\n  title: {zh: 一, en: One}\n  device: card\n  returns: {x: 1}\n  steps:\n";
    const auto load = [&](const std::string& steps) {
        auto suite = parse_suite({}, {{head + steps, "p", ""}});
        return suite ? "none" : suite.error().message;
    };
    EXPECT_EQ(load(let("01", before) + let("02", after)), "none");
    EXPECT_EQ(load(let("01", before)), "p:4:13: 'x' is returned, but no step surely binds it");
}

} // namespace
} // namespace tongka::harness
