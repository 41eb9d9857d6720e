#include <gtest/gtest.h>

#include "cli/lab/control_line.hpp"

namespace tongka::cli {
namespace {

using Verb = ControlLine::Verb;

TEST(ControlLine, NamesAVerbAndASlot) {
    auto list = parse_control_line("list");
    ASSERT_TRUE(list);
    EXPECT_EQ(list->verb, Verb::list);
    auto remove = parse_control_line(" remove\tcard \r");
    ASSERT_TRUE(remove);
    EXPECT_EQ(remove->verb, Verb::remove);
    EXPECT_EQ(remove->slot, "card");
    auto insert = parse_control_line("insert psam2");
    ASSERT_TRUE(insert);
    EXPECT_EQ(insert->verb, Verb::insert);
    EXPECT_EQ(insert->slot, "psam2");
}

TEST(ControlLine, CountsWritesFromOne) {
    auto after = parse_control_line("tear card after-write 3");
    ASSERT_TRUE(after);
    EXPECT_EQ(after->slot, "card");
    ASSERT_TRUE(after->cut);
    EXPECT_EQ(after->cut->writes, 2U);
    EXPECT_TRUE(after->cut->after);
    auto before = parse_control_line("tear card before-write 1");
    ASSERT_TRUE(before && before->cut);
    EXPECT_EQ(before->cut->writes, 0U);
    EXPECT_FALSE(before->cut->after);
}

TEST(ControlLine, TakesACutBack) {
    auto off = parse_control_line("tear card off");
    ASSERT_TRUE(off);
    EXPECT_EQ(off->verb, Verb::tear);
    EXPECT_FALSE(off->cut);
}

TEST(ControlLine, OfAnotherFormIsRefused) {
    for (auto line :
         {"", " ", "list card", "remove", "remove card psam", "insert", "tear", "tear card", "tear card 3",
          "tear card after-write", "tear card after-write 0", "tear card after-write -1", "tear card after-write 3x",
          "tear card after-write 99999999999999999999", "tear card off now", "LIST", "set-clock 12:00"})
        EXPECT_FALSE(parse_control_line(line)) << line;
}

} // namespace
} // namespace tongka::cli
