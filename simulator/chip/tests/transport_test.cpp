#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/chip/transport.hpp"

namespace tongka::simulator {
namespace {

/// Answers with the bytes it was told to, and remembers the command.
class Echo final : public Executor {
public:
    Reply execute(const core::Command& command, core::Bytes& answer) override {
        ++executed;
        data = core::to_hex(command.data);
        core::append(answer, reply);
        return success();
    }
    core::Bytes reply;
    std::string data;
    unsigned executed = 0;
};

class T0Test : public testing::Test {
protected:
    std::string exchange(std::string_view hex) {
        return core::to_hex(transport.exchange(core::from_hex(hex).value(), echo));
    }
    Echo echo;
    T0Transport transport;
};

TEST_F(T0Test, AnAnswerToACommandWithDataWaitsForGetResponse) {
    echo.reply = {1, 2, 3};
    EXPECT_EQ(exchange("80500000021122"), "6103");
    EXPECT_EQ(echo.data, "1122");
    EXPECT_EQ(exchange("00C0000002"), "01026101");
    EXPECT_EQ(exchange("00C0000001"), "039000");
    EXPECT_EQ(exchange("00C0000001"), "6985") << "nothing is left";
}

TEST_F(T0Test, ACommandWithAWrongLeIsDoneOnce) {
    echo.reply = {1, 2, 3};
    EXPECT_EQ(exchange("00B2000200"), "6C03");
    echo.reply = {4, 5, 6};
    EXPECT_EQ(exchange("00B2000203"), "0102039000") << "what it answered when it was done";
    EXPECT_EQ(echo.executed, 1U);
    EXPECT_EQ(exchange("00B2000203"), "0405069000") << "and asked again it is done again";
    EXPECT_EQ(exchange("00B2000200"), "6C03");
    EXPECT_EQ(exchange("00B2000303"), "0405069000") << "another command is another command";
    EXPECT_EQ(echo.executed, 4U);
}

TEST_F(T0Test, AnLeBehindTheDataIsPassedOver) {
    echo.reply = {1};
    EXPECT_EQ(exchange("8050000002112208"), "6101");
    EXPECT_EQ(echo.data, "1122");
}

TEST_F(T0Test, AWrongLeIsToldTheRightOne) {
    echo.reply = {1, 2, 3, 4};
    EXPECT_EQ(exchange("805C000200"), "6C04") << "00 means 256 in T=0";
    EXPECT_EQ(exchange("805C000203"), "6C04");
    EXPECT_EQ(exchange("805C000204"), "010203049000");
    EXPECT_EQ(exchange("805C0002"), "6C04") << "P3 left out counts as 00";
}

TEST_F(T0Test, GetResponseThatAsksTooMuchIsToldHowMuchThereIs) {
    echo.reply = {1, 2};
    (void)exchange("8050000001AA");
    EXPECT_EQ(exchange("00C0000000"), "6C02");
    EXPECT_EQ(exchange("00C0000002"), "01029000") << "and nothing was lost";
}

TEST_F(T0Test, AnotherCommandOrAResetDropsWhatWaits) {
    echo.reply = {1};
    (void)exchange("8050000001AA");
    echo.reply.clear();
    EXPECT_EQ(exchange("00840000"), "9000");
    EXPECT_EQ(exchange("00C0000001"), "6985");
    echo.reply = {1};
    (void)exchange("8050000001AA");
    transport.reset();
    EXPECT_EQ(exchange("00C0000001"), "6985");
}

TEST_F(T0Test, LengthsThatDoNotAddUp) {
    EXPECT_EQ(exchange("80"), "6700");
    EXPECT_EQ(exchange("8050000003AABB"), "6700");
    EXPECT_EQ(exchange("8050000001AABBCC"), "6700");
}

TEST(ApduTransport, AnswersAtOnce) {
    Echo echo;
    ApduTransport transport;
    const auto exchange = [&](std::string_view hex) {
        return core::to_hex(transport.exchange(core::from_hex(hex).value(), echo));
    };
    echo.reply = {1, 2};
    EXPECT_EQ(exchange("805000000211220F"), "01029000");
    EXPECT_EQ(exchange("8050000003AABB"), "6700");
    EXPECT_EQ(exchange("80500000000001AA"), "6700") << "extended lengths";
    EXPECT_EQ(transport.last_reason().text, "extended lengths are not supported");
}

} // namespace
} // namespace tongka::simulator
