#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/virtual_reader/reference_chip.hpp"

namespace tongka::simulator {
namespace {

using core::operator""_hex;
using Interface = ReferenceChip::Interface;

class Card {
public:
    explicit Card(Interface interface) : chip(interface, [this](std::chrono::milliseconds time) { waited += time; }) {
        chip.power_on();
    }
    std::string operator()(std::string_view hex) { return core::to_hex(chip.exchange(core::from_hex(hex).value())); }
    std::chrono::milliseconds waited{};
    ReferenceChip chip;
};

TEST(ReferenceChip, TellsWhatArrived) {
    Card card(Interface::t1);
    EXPECT_EQ(card("00A4040007F0544F4E474B41"), "9000");
    EXPECT_EQ(card("8010123403010204"), "9000");
    EXPECT_EQ(card("801600000B"), "0001"
                                  "80101234"
                                  "0003"
                                  "07"
                                  "FFFF"
                                  "9000");
    EXPECT_EQ(card("8414000201AA00"), "00019000");
    EXPECT_EQ(card("801600000B"), "0002"
                                  "84140002"
                                  "0001"
                                  "AA"
                                  "0100"
                                  "9000");
    EXPECT_EQ(card("8012000302"), "6C03");
    EXPECT_EQ(card("801E63C5"), "63C5");
    EXPECT_EQ(card("9010000000"), "6D00");
    EXPECT_EQ(card("80120100").size(), 4U) << "without Le there is no answer";
    EXPECT_EQ(card("8012010000").size(), 516U);
    EXPECT_EQ(card("80180300"), "9000");
    EXPECT_EQ(card.waited.count(), 300);
}

TEST(ReferenceChip, OverT0AnAnswerWaits) {
    Card card(Interface::t0);
    EXPECT_EQ(card("8014000301AA"), "6103");
    EXPECT_EQ(card("00C0000003"), "0001029000");
    EXPECT_EQ(card("8012000300"), "6C03");
    EXPECT_EQ(card("8012000303"), "0001029000");
    EXPECT_EQ(card("801600000B").substr(0, 4), "0002") << "the repeated command is done once";
}

TEST(ReferenceChip, AResetClearsWhatPowerKeeps) {
    Card card(Interface::t0_and_t1);
    EXPECT_EQ(card("801A550000"), "9000");
    EXPECT_EQ(card("801C000004"), "550100019000");
    card.chip.reset();
    EXPECT_EQ(card("801C000004"), "000200029000");
    card.chip.power_off();
    EXPECT_EQ(card("801C000004"), "");
    card.chip.power_on();
    EXPECT_EQ(card("801C000004"), "000100039000");
    EXPECT_EQ(card("8014000301AA03"), "6103");
    card.chip.speak_t1();
    EXPECT_EQ(card("8014000301AA03"), "0001029000");
}

TEST(ReferenceChip, AnswersToResetOfferWhatItSpeaks) {
    EXPECT_EQ(core::to_hex(ReferenceChip(Interface::t0).answer_to_reset()), "3B09544F4E474B41524546");
    EXPECT_EQ(core::to_hex(ReferenceChip(Interface::t1).answer_to_reset()).substr(0, 6), "3B8901");
    EXPECT_EQ(core::to_hex(ReferenceChip(Interface::contactless).answer_to_reset()).substr(0, 8), "3B898001");
    for (const auto interface : {Interface::t1, Interface::contactless, Interface::t0_and_t1}) {
        core::Byte sum = 0;
        const ReferenceChip chip(interface);
        for (const auto byte : chip.answer_to_reset().subspan(1))
            sum ^= byte;
        EXPECT_EQ(sum, 0) << "TCK, ISO/IEC 7816-3, 8.2";
    }
}

} // namespace
} // namespace tongka::simulator
