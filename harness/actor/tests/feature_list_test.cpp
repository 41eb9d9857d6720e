#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/actor/feature_list.hpp"

namespace tongka::harness {
namespace {

Values told(const char* hex, PortOutcome outcome = PortOutcome::ok) {
    return tell_features({.outcome = outcome, .bytes = core::from_hex(hex).value()});
}

TEST(FeatureList, EachEntryIsATagAndAControlCode) {
    // FEATURE_VERIFY_PIN_DIRECT and FEATURE_CCID_ESC_COMMAND under control codes of the CCID driver.
    const auto results = told("06 04 42330006 13 04 42000001");
    EXPECT_EQ(results.word("outcome"), "ok");
    EXPECT_EQ(results.word("form"), "whole");
    EXPECT_EQ(results.number("features"), 2U);
    EXPECT_EQ(core::to_hex(results.bytes("tags")), "0613");
    EXPECT_EQ(results.word("escape"), "yes");
    EXPECT_EQ(results.word("pin-pad"), "yes");
}

TEST(FeatureList, APinPadIsOneEitherWay) {
    EXPECT_EQ(told("01 04 42330001").word("pin-pad"), "yes");
    EXPECT_EQ(told("12 04 42330012").word("pin-pad"), "no");
    EXPECT_EQ(told("12 04 42330012").word("escape"), "no");
}

TEST(FeatureList, AReaderWithoutFeaturesHasAWholeList) {
    const auto results = told("");
    EXPECT_EQ(results.word("form"), "whole");
    EXPECT_EQ(results.number("features", 9), 0U);
}

TEST(FeatureList, APartOfAnEntryIsNone) {
    const auto results = told("06 04 42330006 13 04 4200");
    EXPECT_EQ(results.word("form"), "cut");
    EXPECT_EQ(results.number("features"), 1U);
    EXPECT_EQ(results.word("escape"), "no");
}

TEST(FeatureList, AControlCodeOfAnotherLengthIsWrong) {
    EXPECT_EQ(told("06 02 42330006").word("form"), "cut");
}

TEST(FeatureList, WithoutAnAnswerNothingIsTold) {
    const auto results = told("", PortOutcome::no_card);
    EXPECT_EQ(results.word("outcome"), name(PortOutcome::no_card));
    EXPECT_EQ(results.word("form"), "none");
    EXPECT_EQ(results.find("features"), nullptr);
}

} // namespace
} // namespace tongka::harness
