#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/ics/questionnaire.hpp"
#include "cli/ics/sheet.hpp"

namespace tongka::cli::ics {
namespace {

using harness::Declaration;
using testing::HasSubstr;
using testing::Not;

const harness::Proformas& proformas() {
    static const auto loaded = harness::Proformas::load(TONGKA_SOURCE_DIR "/testcases/proforma").value();
    return loaded;
}

Declaration declared(const std::string& profile) {
    return Declaration::load(TONGKA_SOURCE_DIR "/testcases/profiles/" + profile + ".ics.yaml", proformas()).value();
}

struct Interviewed {
    core::Result<Declaration> answers;
    std::string shown;
};

Interviewed interview(const std::vector<std::string>& kinds, const std::string& typed, const Declaration& proposed = {},
                      core::Language language = core::Language::en) {
    const core::Rules rules;
    const auto asked = chosen(proformas(), kinds).value();
    std::istringstream in(typed);
    std::ostringstream out;
    auto answers =
        ask({.kinds = asked, .proposed = proposed, .rules = rules, .language = language, .echoes = true}, in, out);
    return {std::move(answers), out.str()};
}

TEST(Questionnaire, EmptyLinesTakeWhatIsProposed) {
    const auto before = declared("fmcos");
    const auto [answers, shown] = interview({}, std::string(500, '\n'), before);
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_EQ(answers->claims.at("EP"), before.claims.at("EP"));
    EXPECT_EQ(answers->values, before.values);
    EXPECT_EQ(answers->tries, before.tries);
}

TEST(Questionnaire, WhatDoesNotApplyIsNotAskedAndNotSupported) {
    const auto [answers, shown] = interview({"reader"}, "no\nno\nyes\nno\n");
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_FALSE(answers->claims.at("READER-T1"));
    EXPECT_TRUE(answers->claims.at("READER-CONTACTLESS"));
    EXPECT_THAT(shown, Not(HasSubstr("T=1 besides T=0")));
}

TEST(Questionnaire, AnswersThatDoNotGoTogetherAreToldAtOnce) {
    const auto [answers, shown] = interview({"reader"}, "no\nno\nno\nyes\nno\n");
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_THAT(shown, HasSubstr("! not READER-CONTACT -> READER-CONTACTLESS: A reader takes cards"));
    EXPECT_TRUE(answers->claims.at("READER-CONTACTLESS"));
}

TEST(Questionnaire, BackGoesBackAndForgets) {
    const auto [answers, shown] = interview({"reader"}, "back\nyes\nyes\nback\nback\nno\nno\nyes\nyes\n");
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_FALSE(answers->claims.at("READER-CONTACT"));
    EXPECT_FALSE(answers->claims.at("READER-T1"));
    EXPECT_TRUE(answers->claims.at("READER-TYPE-B"));
}

TEST(Questionnaire, AQuestionMarkExplains) {
    const auto shown = interview({"reader"}, "yes\n?\n").shown;
    EXPECT_THAT(shown, HasSubstr("  READER-T1: T=1. conditional (READER-CONTACT)\n  Answer yes or no"));
}

TEST(Questionnaire, ChineseIsAskedAndAnswered) {
    const auto [answers, shown] = interview({"reader"}, "否\n否\n是\n否\n", {}, core::Language::zh);
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_TRUE(answers->claims.at("READER-CONTACTLESS"));
    EXPECT_THAT(shown, HasSubstr("读卡器是否读接触式卡？"));
}

TEST(Questionnaire, AnInputThatEndsGivesNothing) {
    const auto [answers, shown] = interview({"reader"}, "yes\nyes\n");
    ASSERT_FALSE(answers);
    EXPECT_EQ(answers.error().message, "the input ended before the last answer: nothing is written");
}

TEST(Questionnaire, ValuesAreCheckedAtOnce) {
    // Everything as fmcos declares it, with the terminal's number mistyped thrice before it is left alone.
    const auto before = declared("fmcos");
    const auto asked = interview({"card"}, std::string(500, '\n'), before).shown;
    const auto questions_before = std::ranges::count(asked.substr(0, asked.find("[112233445566]")), '\n');
    const auto typed = std::string(static_cast<std::size_t>(questions_before), '\n') + "11\nzz\n11223344556A\n\n" +
                       std::string(500, '\n');
    const auto [answers, shown] = interview({"card"}, typed, before);
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_THAT(shown, HasSubstr("! 6 bytes are needed, not 1"));
    EXPECT_THAT(shown, HasSubstr("! 'z' at column 1 is not a hexadecimal digit"));
    EXPECT_EQ(answers->values.at("terminal"), before.values.at("terminal"));
}

TEST(Questionnaire, ThePinIsNotShown) {
    auto before = declared("fmcos");
    before.claims["PIN"] = true;
    before.values["pin"] = {0x97, 0x86, 0x75};
    const auto [answers, shown] = interview({"card"}, std::string(500, '\n'), before);
    ASSERT_TRUE(answers) << answers.error().message;
    EXPECT_THAT(shown, HasSubstr("What is the PIN of the sample (BCD, filled up with F)? [****]"));
    EXPECT_THAT(shown, Not(HasSubstr("978675")));
    EXPECT_EQ(answers->values.at("pin"), before.values.at("pin"));
}

TEST(Questionnaire, KindsHaveNames) {
    EXPECT_EQ(chosen(proformas(), {"cart"}).error().message, "there is no proforma 'cart': did you mean 'card'?");
}

} // namespace
} // namespace tongka::cli::ics
