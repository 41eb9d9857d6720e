#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/message/frame.hpp"

namespace tongka::core::message {
namespace {

using namespace literals;

const Frame example{.code = 0x0503,
                    .terminal = {0x66, 0x55, 0x44, 0x33, 0x22, 0x11},
                    .sequence = 0x01020304,
                    .time = {0x20, 0x26, 0x11, 0x23, 0x08, 0x30, 0x59},
                    .body = "AABBCC"_hex,
                    .mac = {0xD1, 0xD2, 0xD3, 0xD4}};
constexpr const char* example_bytes = "001B"
                                      "01"
                                      "0503"
                                      "665544332211"
                                      "01020304"
                                      "20261123083059"
                                      "AABBCC"
                                      "D1D2D3D4";

TEST(Frame, HasTheFieldsInOrder) {
    EXPECT_EQ(to_hex(encode(example)), example_bytes);
    const auto frame = decode(encode(example)).value();
    EXPECT_EQ(frame.code, example.code);
    EXPECT_EQ(frame.terminal, example.terminal);
    EXPECT_EQ(frame.sequence, example.sequence);
    EXPECT_EQ(frame.time, example.time);
    EXPECT_EQ(frame.body, example.body);
    EXPECT_EQ(frame.mac, example.mac);
    EXPECT_FALSE(frame.is_reply());
}

TEST(Frame, IsRefusedWhereItIsCutOrTooLong) {
    Bytes bytes = encode(example);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decode(BytesView(bytes).first(size))) << size;
    bytes.push_back(0);
    EXPECT_FALSE(decode(bytes));
}

TEST(Frame, SaysWhatIsWrong) {
    const auto why = [](std::size_t at, Byte with) {
        Bytes bytes = encode(example);
        bytes[at] = with;
        return decode(bytes).error().message;
    };
    EXPECT_EQ(why(2, 2), "the frame is of version 02, not 01");
    EXPECT_EQ(why(17, 0x13), "the frame's time is none") << "a 13th month";
    EXPECT_EQ(why(1, 0x1A), "the frame has 29 bytes, its length says 28");
    EXPECT_EQ(why(0, 0xFF), "a frame of 65309 bytes; it must have 26 to 512");
}

TEST(Frame, TellsHowFarAStreamGoes) {
    const Bytes bytes = encode(example);
    EXPECT_EQ(frame_size({}).value(), 0U);
    EXPECT_EQ(frame_size(BytesView(bytes).first(1)).value(), 0U);
    EXPECT_EQ(frame_size(BytesView(bytes).first(2)).value(), bytes.size());
    EXPECT_EQ(frame_size(concatenate({bytes, bytes})).value(), bytes.size());
    EXPECT_FALSE(frame_size("0017"_hex));
    EXPECT_TRUE(frame_size("0018"_hex));
    EXPECT_TRUE(frame_size("01FE"_hex));
    EXPECT_FALSE(frame_size("01FF"_hex));
}

TEST(Frame, ABodyThatIsTooLongIsABug) {
    Frame frame = example;
    frame.body.resize(most_size - least_size);
    EXPECT_EQ(encode(frame).size(), most_size);
    frame.body.push_back(0);
    EXPECT_THROW((void)encode(frame), std::invalid_argument);
}

} // namespace
} // namespace tongka::core::message
