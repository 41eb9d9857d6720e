#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/virtual_reader/card_side.hpp"
#include "simulator/virtual_reader/echo_chip.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using Kind = CardSide::Reaction::Kind;

/// A contact chip: no UID.
class ContactChip final : public Chip {
public:
    core::BytesView power_on() override { return atr_; }
    core::BytesView reset() override { return atr_; }
    void power_off() override {}
    [[nodiscard]] core::BytesView answer_to_reset() const override { return atr_; }
    [[nodiscard]] core::BytesView uid() const override { return {}; }
    [[nodiscard]] core::BytesView exchange(core::BytesView) override { return atr_; }
    void cut_power_at(std::optional<Cut>) override {}

private:
    core::Bytes atr_ = "3B00"_hex;
};

std::string answer_of(CardSide& side, const core::Bytes& content) {
    auto reaction = side.react(content);
    return reaction.kind == Kind::answer ? core::to_hex(reaction.answer) : "";
}

TEST(CardSide, ObeysControlBytesSilently) {
    EchoChip chip;
    CardSide side(chip);
    EXPECT_EQ(side.react("01"_hex).kind, Kind::nothing);
    EXPECT_EQ(answer_of(side, "805C000204"_hex), "000000009000");
    EXPECT_EQ(side.react("00"_hex).kind, Kind::nothing);
    EXPECT_EQ(side.react("805C000204"_hex).kind, Kind::gone);
    EXPECT_EQ(side.react("02"_hex).kind, Kind::nothing);
    EXPECT_EQ(answer_of(side, "805C000204"_hex), "000000009000");
}

TEST(CardSide, TellsTheAnswerToResetAtAnyTime) {
    EchoChip chip;
    CardSide side(chip);
    auto atr = "3B848001 4543484F 04"_hex;
    EXPECT_EQ(answer_of(side, "04"_hex), core::to_hex(atr));
    EXPECT_EQ(side.react("805C000204"_hex).kind, Kind::gone) << "asking must not switch the chip on";
    // ISO/IEC 7816-3, 8.2.5: the exclusive-or of T0 to TCK is zero.
    core::Byte check = 0;
    for (auto byte : core::BytesView(atr).subspan(1))
        check ^= byte;
    EXPECT_EQ(check, 0);
}

TEST(CardSide, TakesAnyOtherByteForACommand) {
    EchoChip chip;
    CardSide side(chip);
    chip.power_on();
    EXPECT_EQ(answer_of(side, "03"_hex), "000000009000");
}

TEST(CardSide, TakesAControlByteThatNothingFollowsForACommand) {
    EchoChip chip("6700"_hex);
    CardSide side(chip);
    (void)side.react("01"_hex);
    answer_of(side, "04"_hex);
    for (const auto& byte : {"00"_hex, "01"_hex, "02"_hex}) {
        EXPECT_FALSE(side.is_waiting());
        EXPECT_EQ(side.react(byte).kind, Kind::nothing);
        EXPECT_TRUE(side.is_waiting());
        auto reaction = side.react_to_silence();
        EXPECT_EQ(reaction.kind, Kind::answer) << "the power must not have gone";
        EXPECT_EQ(core::to_hex(reaction.answer), "6700");
    }
}

TEST(CardSide, AnswersForTheReaderWithTheUid) {
    EchoChip chip;
    CardSide side(chip);
    chip.power_on();
    EXPECT_EQ(answer_of(side, "FFCA000000"_hex), "4543484F9000");
    EXPECT_EQ(answer_of(side, "FFCA000004"_hex), "4543484F9000");
    EXPECT_EQ(answer_of(side, "FFCA000003"_hex), "6C04");
    EXPECT_EQ(answer_of(side, "FFCA000005"_hex), "4543484F6282");
    EXPECT_EQ(answer_of(side, "FFCA010000"_hex), "4543484F9000") << "the historical bytes, ECHO too";
    EXPECT_EQ(answer_of(side, "FFCA020000"_hex), "6A81");
    EXPECT_EQ(answer_of(side, "FFCA010100"_hex), "6A81");
    EXPECT_EQ(answer_of(side, "FFCA0000"_hex), "6700");
}

TEST(CardSide, HasNoUidForAContactChip) {
    ContactChip chip;
    CardSide side(chip);
    EXPECT_EQ(answer_of(side, "FFCA000000"_hex), "6A81");
}

TEST(EchoChip, FallsSilentAtTheCommandItIsCutAt) {
    EchoChip chip("9000"_hex);
    CardSide side(chip);
    chip.power_on();
    chip.cut_power_at(Chip::Cut{.writes = 2, .after = true});
    EXPECT_EQ(answer_of(side, "805C000204"_hex), "9000");
    EXPECT_EQ(answer_of(side, "805C000204"_hex), "9000");
    EXPECT_EQ(side.react("805C000204"_hex).kind, Kind::gone);
    EXPECT_EQ(side.react("805C000204"_hex).kind, Kind::gone);
    chip.power_on();
    EXPECT_EQ(answer_of(side, "805C000204"_hex), "9000");
}

} // namespace
} // namespace tongka::simulator
