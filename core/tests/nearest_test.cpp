#include <gtest/gtest.h>

#include "core/nearest.hpp"

namespace tongka::core {
namespace {

constexpr std::string_view names[] = {"steps", "setup", "title", "key_index"};

TEST(Nearest, FindsTheNameWithFewestErrors) {
    EXPECT_EQ(nearest("stpes", names), "steps");
    EXPECT_EQ(nearest("step", names), "steps");
    EXPECT_EQ(nearest("titel", names), "title");
}

TEST(Nearest, CaseAndHyphensDoNotCount) {
    EXPECT_EQ(nearest("TITLE", names), "title");
    EXPECT_EQ(nearest("key-indx", names), "key_index");
}

TEST(Nearest, NothingNearIsNothing) {
    EXPECT_EQ(nearest("balance", names), std::nullopt);
    EXPECT_EQ(nearest(std::string(100000, 's'), names), std::nullopt);
    EXPECT_EQ(nearest("", names), std::nullopt);
}

TEST(Nearest, SuggestsOneOrTellsAll) {
    EXPECT_EQ(suggest("stps", names), ": did you mean 'steps'?");
    EXPECT_EQ(suggest("balance", names), ": known are key_index, setup, steps, title");
    EXPECT_EQ(suggest("balance", {}), "");
}

} // namespace
} // namespace tongka::core
