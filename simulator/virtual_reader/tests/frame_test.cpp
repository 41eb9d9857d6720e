#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/virtual_reader/frame.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

std::vector<std::string> take_all(FrameParser& parser) {
    std::vector<std::string> contents;
    while (true) {
        auto content = parser.next();
        EXPECT_TRUE(content);
        if (!content || !*content)
            return contents;
        contents.push_back(core::to_hex(**content));
    }
}

TEST(Frames, HoldLengthAndContent) {
    FrameParser parser;
    parser.feed("0005 805C000204 0001 04"_hex);
    EXPECT_EQ(take_all(parser), (std::vector<std::string>{"805C000204", "04"}));
    EXPECT_TRUE(parser.end());
}

TEST(Frames, MayComeByteByByte) {
    FrameParser parser;
    std::vector<std::string> contents;
    for (auto byte : "0005 805C000204 0002 9000"_hex) {
        parser.feed(std::array{byte});
        for (auto& content : take_all(parser))
            contents.push_back(content);
    }
    EXPECT_EQ(contents, (std::vector<std::string>{"805C000204", "9000"}));
}

TEST(Frames, OfTheLargestSizeComeThrough) {
    core::Bytes stream;
    core::Bytes content(0xFFFF, 0x5A);
    ASSERT_TRUE(append_frame(stream, content));
    FrameParser parser;
    parser.feed(core::BytesView(stream).first(40'000));
    EXPECT_TRUE(take_all(parser).empty());
    parser.feed(core::BytesView(stream).subspan(40'000));
    EXPECT_EQ(take_all(parser), std::vector{core::to_hex(content)});
}

TEST(Frames, WithoutContentAreAnError) {
    FrameParser parser;
    parser.feed("0000"_hex);
    auto content = parser.next();
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().message, "the reader sent an empty frame");
}

TEST(Frames, CutOffAreAnErrorAtTheEnd) {
    for (auto piece : {"00"_hex, "0005 80"_hex, "0001 04 0005 805C0002"_hex}) {
        FrameParser parser;
        parser.feed(piece);
        take_all(parser);
        EXPECT_FALSE(parser.end()) << core::to_hex(piece);
    }
}

TEST(Frames, AreNotMadeOfNothingOrOfTooMuch) {
    core::Bytes stream;
    EXPECT_FALSE(append_frame(stream, {}));
    EXPECT_FALSE(append_frame(stream, core::Bytes(0x10000)));
    EXPECT_TRUE(stream.empty());
    EXPECT_TRUE(append_frame(stream, "9000"_hex));
    EXPECT_EQ(core::to_hex(stream), "00029000");
}

} // namespace
} // namespace tongka::simulator
