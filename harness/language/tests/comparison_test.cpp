#include <gtest/gtest.h>

#include "harness/language/comparison.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

class ComparisonTest : public testing::Test {
protected:
    ComparisonTest() {
        for (const auto& [name, value] :
             {std::pair("balance", core::Bytes{0, 0x64}), std::pair("start", core::Bytes{0, 0x60})}) {
            (void)scope_.bind(name, Type::bytes(2), scalar("x"));
            (void)environment_.bind(name, value);
        }
    }

    CheckResult compared(const std::string& text) {
        auto comparison = parse_comparison(scalar(text), "check");
        EXPECT_TRUE(comparison) << comparison.error().message;
        const auto checked = check(*comparison, scope_);
        EXPECT_TRUE(checked) << checked.error().message;
        auto result = compare(*comparison, environment_);
        EXPECT_TRUE(result) << result.error().message;
        return *result;
    }

    std::string mistake(const std::string& text) {
        auto comparison = parse_comparison(scalar(text), "check");
        if (!comparison)
            return comparison.error().message;
        auto checked = check(*comparison, scope_);
        return checked ? "none" : checked.error().message;
    }

    TableLookup lookup_;
    Environment environment_{lookup_};
    Scope scope_;
};

TEST_F(ComparisonTest, SixOperators) {
    const auto holds = [&](const char* text) { return compared(text).pass; };
    EXPECT_TRUE(holds("balance == start + 04"));
    EXPECT_FALSE(holds("balance == start"));
    EXPECT_TRUE(holds("balance != start"));
    EXPECT_FALSE(holds("balance != 0064"));
    EXPECT_TRUE(holds("start < balance"));
    EXPECT_FALSE(holds("start < start"));
    EXPECT_TRUE(holds("start <= start"));
    EXPECT_FALSE(holds("balance <= start"));
    EXPECT_TRUE(holds("balance > start"));
    EXPECT_FALSE(holds("start > start"));
    EXPECT_TRUE(holds("start >= start"));
    EXPECT_FALSE(holds("start >= balance"));
    EXPECT_TRUE(holds("0100 > 00FF")) << "as numbers, most significant byte first";
}

TEST_F(ComparisonTest, TellsBothSides) {
    const auto result = compared("balance == start + 05");
    EXPECT_EQ(result.expected, "0065");
    EXPECT_EQ(result.received, "0064");
    EXPECT_EQ(result.message.en, "balance is 0064, not 0065 (start + 05)");
    EXPECT_EQ(result.difference, "0001");
    EXPECT_EQ(compared("balance == 0065").message.en, "balance is 0064, not 0065");
    const auto less = compared("balance < start");
    EXPECT_EQ(less.expected, "less than 0060");
    EXPECT_EQ(less.message.en, "balance is 0064, which is not less than 0060 (start)");
    EXPECT_EQ(less.difference, "");
    EXPECT_EQ(compared("balance != 0064").message.en, "balance is 0064, and must be anything but 0064");
    EXPECT_EQ(compared("balance == 0064").message.en, "");
}

TEST_F(ComparisonTest, TellsBothSidesInChinese) {
    EXPECT_EQ(compared("balance == start + 05").message.zh, "balance为0064，应为0065（start + 05）");
    EXPECT_EQ(compared("balance == 0065").message.zh, "balance为0064，应为0065");
    EXPECT_EQ(compared("balance != 0064").message.zh, "balance为0064，不应为0064");
    EXPECT_EQ(compared("balance < start").message.zh, "balance为0064，应小于0060（start）");
    EXPECT_EQ(compared("balance <= start").message.zh, "balance为0064，应不大于0060（start）");
    EXPECT_EQ(compared("start > balance").message.zh, "start为0060，应大于0064（balance）");
    EXPECT_EQ(compared("start >= balance").message.zh, "start为0060，应不小于0064（balance）");
    EXPECT_EQ(compared("rule(log-counter) == after").message.zh, "rule(log-counter)为before，应为after");
    EXPECT_EQ(compared("balance == 0064").message.zh, "");
}

TEST_F(ComparisonTest, RulesOfWords) {
    EXPECT_TRUE(compared("rule(log-counter) == before").pass);
    EXPECT_FALSE(compared("rule(log-counter) != before").pass);
    EXPECT_EQ(compared("rule(log-counter) == after").message.en, "rule(log-counter) is before, not after");
    EXPECT_TRUE(compared("rule(completion-without-init) == 6901").pass) << "a rule of hex is bytes";
}

TEST_F(ComparisonTest, MistakesAreTold) {
    EXPECT_EQ(mistake("balance"), "f:1:8: one of == != < <= > >= is missing before the end");
    EXPECT_EQ(mistake("balance = start"), "f:1:9: one of == != < <= > >= is missing before '='");
    EXPECT_EQ(mistake("balance == start == start"), "f:1:18: '==' does not belong here");
    EXPECT_EQ(mistake("balance == 00"),
              "f:1:1: 'balance' has 2 bytes and '00' 1: only values of one width are compared");
    EXPECT_EQ(mistake("0000 == key(DTK)"), "f:1:9: 'key(DTK)' is a key: only bytes are compared");
    EXPECT_EQ(mistake("rule(log-counter) == befor"),
              "f:1:22: 'befor' is no choice of rule 'log-counter': did you mean 'before'?");
    EXPECT_EQ(mistake("rule(log-counter) < before"),
              "f:1:19: rule 'log-counter' is a word: only == and != compare words");
    EXPECT_EQ(mistake("rule(log-countr) == before"),
              "f:1:1: there is no rule 'log-countr': did you mean 'log-counter'?");
}

TEST_F(ComparisonTest, WidthsThatTurnOutDifferent) {
    auto comparison = parse_comparison(scalar("balance == ixit.terminal"), "check").value();
    EXPECT_EQ(compare(comparison, environment_).error().message, "f:1:12: 'ixit.terminal' has 6 bytes, not 2");
}

} // namespace
} // namespace tongka::harness
