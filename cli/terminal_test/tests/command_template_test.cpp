#include <gtest/gtest.h>

#include "cli/terminal_test/command_template.hpp"

namespace tongka::cli {
namespace {

constexpr std::string_view known[] = {"amount", "card-reader"};

TEST(CommandTemplateTest, ANameInBracesIsFilledInWhatIsTheShellSStays) {
    const auto command = CommandTemplate::parse("pay -r '{card-reader}' ${amount} {} {a,b} {amount}{amount} {", known);
    ASSERT_TRUE(command);
    EXPECT_EQ(command->fill({{"amount", "250"}, {"card-reader", "Tongka Card 00 00"}}),
              "pay -r 'Tongka Card 00 00' ${amount} {} {a,b} 250250 {");
    EXPECT_EQ(command->program(), "pay");
}

TEST(CommandTemplateTest, AnUnknownNameIsToldWithTheNearest) {
    const auto command = CommandTemplate::parse("pay {amuont}", known);
    ASSERT_FALSE(command);
    EXPECT_EQ(command.error().message, "'{amuont}' is no placeholder of it: did you mean 'amount'?");
    EXPECT_EQ(CommandTemplate::parse(" \t", known).error().message, "is empty");
}

TEST(CommandTemplateTest, AProgramThatOnlyAShellCouldNameHasNoName) {
    EXPECT_EQ(CommandTemplate::parse(" ./a/pay x", known)->program(), "./a/pay");
    for (const auto* text : {"A=1 pay", "'my pay'", "(pay)", "$PAY", "!pay"})
        EXPECT_TRUE(CommandTemplate::parse(text, known)->program().empty());
}

} // namespace
} // namespace tongka::cli
