#include <algorithm>

#include <gtest/gtest.h>

#include "core/rules.hpp"

namespace tongka::core {
namespace {

TEST(Rules, EachIsInItsPlaceAndTheNamesAreInOrder) {
    const auto table = rule_table();
    EXPECT_TRUE(std::ranges::is_sorted(table, {}, &RuleInfo::name));
    for (std::size_t i = 0; i < table.size(); ++i) {
        SCOPED_TRACE(table[i].name);
        EXPECT_EQ(static_cast<std::size_t>(table[i].rule), i);
        EXPECT_FALSE(table[i].title.zh.empty());
        EXPECT_FALSE(table[i].title.en.empty());
        EXPECT_FALSE(table[i].source.empty());
        EXPECT_TRUE(table[i].confidence == "verified" || table[i].confidence == "single-source" ||
                    table[i].confidence == "inferred");
    }
}

TEST(Rules, EveryChoiceCanBeMadeAndAskedFor) {
    for (const RuleInfo& info : rule_table()) {
        Rules rules;
        EXPECT_TRUE(rules.is(info.rule, info.choices.front())) << info.name << ": the first is the default";
        for (const auto choice : info.choices) {
            ASSERT_TRUE(rules.set(info.name, choice)) << info.name;
            EXPECT_EQ(rules.value(info.rule), choice);
            for (const auto other : info.choices)
                EXPECT_EQ(rules.is(info.rule, other), other == choice) << info.name << ' ' << other;
        }
    }
}

TEST(Rules, ALiteralMeansTheSameAsATextReadAtRunTime) {
    constexpr Choice literal = "terminal-city";
    EXPECT_EQ(literal.mark(), Choice(std::string_view("terminal-city")).mark());
}

TEST(Rules, WhatIsNotThereIsToldWithWhatIs) {
    Rules rules;
    EXPECT_EQ(rules.set("unlock-typ", "93").error().message,
              "there is no rule 'unlock-typ': did you mean 'unlock-type'?");
    EXPECT_EQ(rules.set("unlock-type", "94").error().message, "rule 'unlock-type' is one of 93, by-purse, not '94'");
    EXPECT_TRUE(rules.is(Rule::unlock_type, "93")) << "nothing was changed";
    EXPECT_EQ(rules.value("load-log").value(), "card");
    EXPECT_FALSE(rules.value("load-logs"));
}

#ifndef NDEBUG
TEST(RulesDeathTest, AskingForAChoiceThatIsNotThereIsABug) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH((void)Rules().is(Rule::unlock_type, "94"), "has_choice");
}
#endif

} // namespace
} // namespace tongka::core
