#include <gtest/gtest.h>

#include "harness/language/matcher.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

class MatcherTest : public testing::Test {
protected:
    MatcherTest() {
        (void)scope_.bind("balance", Type::bytes(4), scalar("x"));
        (void)environment_.bind("balance", core::Bytes{0, 0, 0, 0x64});
    }

    /// What comes of an answer (data, then status word); a mistake in the pattern fails the test.
    CheckResult match_answer(const std::string& pattern_text, std::string_view answer) {
        auto pattern = parse_pattern(scalar(pattern_text), "expect");
        EXPECT_TRUE(pattern) << pattern.error().message;
        auto scope = scope_;
        const auto checked = check(*pattern, scope);
        EXPECT_TRUE(checked) << checked.error().message;
        const auto bytes = core::from_hex(answer).value();
        auto result = match(*pattern, core::parse_response(bytes).value(), environment_);
        EXPECT_TRUE(result) << result.error().message;
        return *result;
    }

    bool fits(const std::string& pattern, std::string_view answer) { return match_answer(pattern, answer).pass; }

    std::string mistake(const std::string& text) {
        auto pattern = parse_pattern(scalar(text), "expect");
        if (!pattern)
            return pattern.error().message;
        auto scope = scope_;
        auto checked = check(*pattern, scope);
        return checked ? "none" : checked.error().message;
    }

    std::string bound(std::string_view name) const {
        const auto* value = environment_.find(name);
        return value != nullptr ? core::to_hex(std::get<core::Bytes>(*value)) : "nothing";
    }

    TableLookup lookup_;
    Environment environment_{lookup_};
    Scope scope_;
};

TEST_F(MatcherTest, StatusWords) {
    EXPECT_TRUE(fits("9302", "9302"));
    EXPECT_FALSE(fits("9302", "9303"));
    EXPECT_TRUE(fits("61xx", "6108"));
    EXPECT_FALSE(fits("61xx", "6208"));
    EXPECT_TRUE(fits("63Cx", "63C2"));
    EXPECT_FALSE(fits("63Cx", "63D2"));
    EXPECT_TRUE(fits("6700..6A86", "6700"));
    EXPECT_TRUE(fits("6700..6A86", "6A86"));
    EXPECT_FALSE(fits("6700..6A86", "6A87"));
    EXPECT_TRUE(fits("{=rule(completion-without-init):2}", "6901"));
    EXPECT_FALSE(fits("{=rule(completion-without-init):2}", "6985"));
    EXPECT_TRUE(fits("any", "01026F00"));
}

TEST_F(MatcherTest, WithoutItemsThereIsNoData) {
    EXPECT_FALSE(fits("9000", "019000"));
    EXPECT_TRUE(fits("9000 *", "019000"));
    EXPECT_TRUE(fits("9000 *", "9000"));
}

TEST_F(MatcherTest, DataItems) {
    EXPECT_TRUE(fits("9000 01 xx 3x", "0102 3F 9000"));
    EXPECT_FALSE(fits("9000 01 xx 3x", "0102 4F 9000"));
    EXPECT_TRUE(fits("9000 {=balance:4} 06", "00000064 06 9000"));
    EXPECT_TRUE(fits("9000 01 *", "01 02 03 9000"));
    EXPECT_FALSE(fits("9000 01 02 *", "01 9000"));
}

TEST_F(MatcherTest, ARestMayStandAnywhere) {
    EXPECT_TRUE(fits("9000 6F * 8402 {=left(balance, 2):2}", "6F 04 8402 0000 9000"));
    EXPECT_TRUE(fits("9000 6F * 8402 0000", "6F 8402 0000 9000")) << "no byte is a rest too";
    EXPECT_FALSE(fits("9000 6F * 8402 0000", "6F 8402 0000 01 9000")) << "what follows stands at the end";
    EXPECT_FALSE(fits("9000 0102 * 0203", "010203 9000")) << "a byte counts once";
    EXPECT_TRUE(fits("9000 * {tail:1}", "010203 9000"));
    EXPECT_EQ(bound("tail"), "03");
    const auto result = match_answer("9000 01 * 04", "01 02 03 05 9000");
    EXPECT_EQ(result.received, "9000 01 0203 05");
    EXPECT_EQ(result.expected, "9000 01 * 04");
    EXPECT_EQ(result.difference, "0000 00 0000 01");
    EXPECT_EQ(result.message.en, "byte 4 of the data is 05, not 04");
    EXPECT_EQ(match_answer("9000 01 * 04", "01 9000").message.en, "1 byte of data came, and there must be at least 2");
    EXPECT_EQ(match_answer("9000 01 * 04", "6A82").expected, "9000 01 * 04");
}

TEST_F(MatcherTest, CapturesAreBoundWhereItFits) {
    EXPECT_TRUE(fits("9000 {first:2} {second:1} *", "0102 03 04 9000"));
    EXPECT_EQ(bound("first"), "0102");
    EXPECT_EQ(bound("second"), "03");
}

TEST_F(MatcherTest, NothingIsBoundWhereItDoesNot) {
    EXPECT_FALSE(fits("9000 {first:2} 04", "0102 03 9000"));
    EXPECT_EQ(bound("first"), "nothing");
}

TEST_F(MatcherTest, ACaptureCanBeUsedBehindIt) {
    EXPECT_TRUE(fits("9000 {half:1} {=not(half):1}", "A5 5A 9000"));
    EXPECT_EQ(mistake("9000 {=not(half):1} {half:1}"), "f:1:12: 'half' is not bound here: known are balance");
}

TEST_F(MatcherTest, Alternatives) {
    EXPECT_TRUE(fits("9401 | 6985", "6985"));
    EXPECT_TRUE(fits("9000 01 | 9000 02", "02 9000"));
    EXPECT_TRUE(fits("9000 {=balance | 06:5} | 61xx", "00000064 06 9000")) << "a | in braces joins";
    EXPECT_FALSE(fits("9401 | 6985", "9000"));
}

TEST_F(MatcherTest, AStatusWordIsToldFirst) {
    const auto result = match_answer("9302", "00000001 9000");
    EXPECT_EQ(result.message.en, "the status word is 9000, not 9302");
    EXPECT_EQ(result.expected, "9302");
    EXPECT_EQ(result.received, "9000 00000001");
    EXPECT_EQ(result.difference, "");
    EXPECT_EQ(match_answer("9302", "9303").difference, "0001");
    EXPECT_EQ(match_answer("9000 {=balance:4} {seq:2}", "6985").expected, "9000 00000064 {seq:2}");
    EXPECT_EQ(match_answer("61xx", "6C04").message.en, "the status word is 6C04, not 61xx");
    EXPECT_EQ(match_answer("{=rule(completion-without-init):2}", "6985").message.en,
              "the status word is 6985, not 6901");
}

TEST_F(MatcherTest, LengthsAreToldNext) {
    EXPECT_EQ(match_answer("9000 {a1x:4}", "9000").message.en, "no data came, and there must be 4 bytes");
    EXPECT_EQ(match_answer("9000", "01 9000").message.en, "1 byte of data came, and there must be none");
    EXPECT_EQ(match_answer("9000 {data:15}", "01 02 9000").message.en, "2 bytes of data came, and there must be 15");
    EXPECT_EQ(match_answer("9000 01 02 *", "01 9000").message.en, "1 byte of data came, and there must be at least 2");
}

TEST_F(MatcherTest, AValueIsToldWithItsPlaceAndDifference) {
    const auto result = match_answer("9000 {seq:2} {=balance + 01:4} xx 05", "0006 00000066 0707 9000");
    EXPECT_EQ(result.message.en, "bytes 3 to 6 of the data are 00000066, not 00000065 (balance + 01)");
    EXPECT_EQ(result.expected, "9000 {seq:2} 00000065 xx05");
    EXPECT_EQ(result.received, "9000 0006 00000066 0707");
    EXPECT_EQ(result.difference, "0000 0000 00000003 0002");
    EXPECT_EQ(match_answer("9000 05", "06 9000").message.en, "byte 1 of the data is 06, not 05");
}

TEST_F(MatcherTest, OfSeveralAlternatives) {
    const auto result = match_answer("9401 | 6985 | 6901", "9000");
    EXPECT_EQ(result.message.en, "the status word is 9000, not 9401, 6985 or 6901");
    EXPECT_EQ(result.expected, "9401 | 6985 | 6901");
    EXPECT_EQ(result.received, "9000");
    EXPECT_EQ(match_answer("9000 01 | 6985", "02 9000").message.en, "byte 1 of the data is 02, not 01");
    EXPECT_EQ(match_answer("9000 01 | 9000 02", "03 9000").message.en,
              "the data fits none of the alternatives with 9000");
}

TEST_F(MatcherTest, TheSameIsToldInChinese) {
    const auto said = [&](const std::string& pattern, std::string_view answer) {
        return match_answer(pattern, answer).message.zh;
    };
    EXPECT_EQ(said("9302", "9000"), "状态字为9000，应为9302");
    EXPECT_EQ(said("9401 | 6985 | 6901", "9000"), "状态字为9000，应为9401、6985或6901");
    EXPECT_EQ(said("9000 {a1x:4}", "9000"), "没有返回数据，应为4字节");
    EXPECT_EQ(said("9000 01 *", "9000"), "没有返回数据，应至少为1字节");
    EXPECT_EQ(said("9000", "01 9000"), "返回了1字节数据，应无数据");
    EXPECT_EQ(said("9000 {data:15}", "01 02 9000"), "返回了2字节数据，应为15字节");
    EXPECT_EQ(said("9000 01 02 *", "01 9000"), "返回了1字节数据，应至少为2字节");
    EXPECT_EQ(said("9000 {seq:2} {=balance + 01:4}", "0006 00000066 9000"),
              "数据第3至6字节为00000066，应为00000065（balance + 01）");
    EXPECT_EQ(said("9000 05", "06 9000"), "数据第1字节为06，应为05");
    EXPECT_EQ(said("9000 01 | 9000 02", "03 9000"), "数据与状态字为9000的各选项均不符");
}

TEST_F(MatcherTest, WhatPassesSaysSo) {
    const auto result = match_answer("9000 {=balance:4} *", "00000064 01 9000");
    EXPECT_TRUE(result.pass);
    EXPECT_EQ(result.expected, "9000 00000064 *");
    EXPECT_EQ(result.received, "9000 00000064 01");
    EXPECT_EQ(result.message.zh + result.message.en + result.difference, "");
    EXPECT_EQ(match_answer("any", "01 6F00").received, "6F00 01");
}

TEST_F(MatcherTest, WithoutExpectTheAnswerMustBe9000) {
    const auto pattern = default_pattern();
    const core::Bytes data{1, 2};
    EXPECT_TRUE(match(pattern, {data, 0x9000}, environment_)->pass);
    const auto refused = match(pattern, {{}, 0x6985}, environment_);
    EXPECT_FALSE(refused->pass);
    EXPECT_EQ(refused->expected, "9000 *");
}

TEST_F(MatcherTest, AnExpressionWithoutValueIsAnError) {
    auto pattern = parse_pattern(scalar("9000 {=ixit.pin:2}"), "expect").value();
    const core::Bytes data{1, 2};
    EXPECT_EQ(match(pattern, {data, 0x9000}, environment_).error().message, "f:1:8: the IXIT has no 'ixit.pin'");
}

TEST_F(MatcherTest, MistakesAreTold) {
    EXPECT_EQ(mistake(""), "f:1:1: a status word is missing");
    EXPECT_EQ(mistake("9000 |"), "f:1:7: a status word is missing");
    EXPECT_EQ(mistake("90"), "f:1:1: a status word has 4 hexadecimal digits, not '90'");
    EXPECT_EQ(mistake("90000"), "f:1:1: a status word has 4 hexadecimal digits, not '90000'");
    EXPECT_EQ(mistake("90GG"), "f:1:3: 'G' is no hexadecimal digit");
    EXPECT_EQ(mistake("90XX"), "f:1:3: 'X' is no hexadecimal digit (x stands for any)");
    EXPECT_EQ(mistake("okay"), "f:1:1: 'o' is no hexadecimal digit");
    EXPECT_EQ(mistake("6A86..6700"), "f:1:1: the range 6A86..6700 is empty: its ends are the wrong way round");
    EXPECT_EQ(mistake("67xx..6A86"), "f:1:3: 'x' is no hexadecimal digit");
    EXPECT_EQ(mistake("{sw:2}"), "f:1:1: a status word cannot be captured: {=expression:2} compares it");
    EXPECT_EQ(mistake("{=balance:4}"), "f:1:1: a status word has 2 bytes, not 4");
    EXPECT_EQ(mistake("{=balance:2}"), "f:1:3: 'balance' has 4 bytes, not 2");
    EXPECT_EQ(mistake("9000 * 01 *"), "f:1:11: '*' may stand once: where a second one begins is not sure");
    EXPECT_EQ(mistake("9000 0"), "f:1:6: '0' is half a byte: hexadecimal digits come in pairs");
    EXPECT_EQ(mistake("9000 {balance:4}"), "f:1:7: 'balance' is bound already, in line 1");
    EXPECT_EQ(mistake("9000 {x:1} {x:1}"), "f:1:13: 'x' is bound already, in line 1");
    EXPECT_EQ(mistake("9000 {today:4}"), "f:1:7: 'today' cannot be bound: it is a name of the language");
    EXPECT_EQ(mistake("9000 {face:2}"), "f:1:7: 'face' cannot be a name: it looks like hexadecimal");
    EXPECT_EQ(mistake("9000 {Seq:2}"),
              "f:1:7: 'Seq' cannot be a name: names are a-z, 0-9 and _, beginning with a letter");
    EXPECT_EQ(mistake("9000 {seq}"), "f:1:7: {name:n} captures n bytes, {=expression:n} compares: this is neither");
    EXPECT_EQ(mistake("9000 {seq:two}"), "f:1:11: a width must be a decimal number, not 'two'");
    EXPECT_EQ(mistake("9000 {seq:2"), "f:1:6: '{' is never closed");
    EXPECT_EQ(mistake("9000 {=balance}"), "f:1:15: the width is missing: {expression:n}, n bytes");
    EXPECT_EQ(mistake("9000 {=balance:2}"), "f:1:8: 'balance' has 4 bytes, not 2");
    EXPECT_EQ(mistake("9000 {seq:2} | 6985"), "f:1:6: what captures cannot have alternatives beside it");
}

} // namespace
} // namespace tongka::harness
