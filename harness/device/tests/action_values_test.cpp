#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/device/action_values.hpp"

namespace tongka::harness {
namespace {

TEST(ActionValues, AreAskedForByNameAndKind) {
    const auto values = Values().set_word("outcome", "refused").set_number("amount", 0x01020304);
    EXPECT_EQ(values.word("outcome"), "refused");
    EXPECT_EQ(core::to_hex(values.bytes("amount")), "01020304");
    EXPECT_EQ(values.number("amount"), 0x01020304U);
    EXPECT_EQ(values.items().front().first, "outcome") << "in the order given";
}

TEST(ActionValues, WhatWasNotGivenIsNothingOrWhatIsSaidInstead) {
    const Values values;
    EXPECT_EQ(values.find("amount"), nullptr);
    EXPECT_TRUE(values.bytes("amount").empty());
    EXPECT_EQ(values.word("purse", "ep"), "ep");
    EXPECT_EQ(values.number("amount", 7), 7U);
}

} // namespace
} // namespace tongka::harness
