#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/actor/atr.hpp"

namespace tongka::harness {
namespace {

using Form = AtrShape::Form;

AtrShape shape(const char* hex) {
    return shape_of_atr(core::from_hex(hex).value());
}

TEST(Atr, WithoutATdItIsT0AndHasNoCheckByte) {
    const auto told = shape("3B 02 14 50"); // Schlumberger Multiflex 3k, as pcsc-tools lists it
    EXPECT_EQ(told.form, Form::whole);
    EXPECT_TRUE(told.offers_t0);
    EXPECT_FALSE(told.offers_t1);
    EXPECT_FALSE(told.contactless);
    EXPECT_EQ(shape("3B 00").form, Form::whole);
}

TEST(Atr, InterfaceBytesAreCountedByTheBitsOfT0) {
    // TA1, TB1 and TC1 stand, then three historical bytes.
    EXPECT_EQ(shape("3B 73 11 00 10 61 62 63").form, Form::whole);
    EXPECT_EQ(shape("3B 73 11 00 10 61 62").form, Form::cut);
    EXPECT_EQ(shape("3B 73 11 00").form, Form::cut);
}

TEST(Atr, ATdOfT1WantsACheckByte) {
    const auto told = shape("3B 80 01 81"); // TD1 = 01; 80 ^ 01 = 81
    EXPECT_EQ(told.form, Form::whole);
    EXPECT_FALSE(told.offers_t0);
    EXPECT_TRUE(told.offers_t1);
    EXPECT_EQ(shape("3B 80 01 80").form, Form::wrong_check);
    EXPECT_EQ(shape("3B 80 01").form, Form::cut);
    EXPECT_EQ(shape("3B 80 01 81 00").form, Form::too_long);
}

TEST(Atr, ATdOfT0AloneHasNoCheckByte) {
    EXPECT_EQ(shape("3B 80 00").form, Form::whole);
    EXPECT_EQ(shape("3B 80 00 80").form, Form::too_long);
}

TEST(Atr, ACardMayOfferBothProtocols) {
    const auto told = shape("3B 80 80 01 01"); // TD1 = 80: T=0, and TD2 = 01: T=1
    EXPECT_EQ(told.form, Form::whole);
    EXPECT_TRUE(told.offers_t0);
    EXPECT_TRUE(told.offers_t1);
}

TEST(Atr, ThePseudoAtrOfAContactlessCardIsKnown) {
    // Four historical bytes of an ATS behind TD1 = 80 and TD2 = 01, as readers write them.
    const auto told = shape("3B 84 80 01 11 22 33 44 41");
    EXPECT_EQ(told.form, Form::whole);
    EXPECT_TRUE(told.contactless);
    EXPECT_FALSE(shape("3B 80 01 81").contactless);
}

TEST(Atr, WhatIsNoAtrIsCut) {
    EXPECT_EQ(shape("").form, Form::cut);
    EXPECT_EQ(shape("3B").form, Form::cut);
    EXPECT_EQ(shape("3B 80 80 80 80").form, Form::cut); // a chain of TDs that does not end
}

} // namespace
} // namespace tongka::harness
