#include <gtest/gtest.h>

#include "core/document/parse.hpp"
#include "core/document/scalar_offset.hpp"

namespace tongka::core::document {
namespace {

/// Where the '@' of the document's first value stands, found by way of the value's text.
std::string place_of_mark(std::string text) {
    auto node = parse(std::move(text), "f");
    if (!node)
        return node.error().message;
    const auto& value = node->entries.at(0).value;
    return value.where(value.text.find('@'));
}

TEST(ScalarOffset, Plain) {
    EXPECT_EQ(place_of_mark("a: b c @"), "f:1:8");
}

TEST(ScalarOffset, Quoted) {
    EXPECT_EQ(place_of_mark("a: \"b @\""), "f:1:7");
    EXPECT_EQ(place_of_mark("a: 'b @'"), "f:1:7");
}

TEST(ScalarOffset, EscapesTakeMoreThanTheyMake) {
    EXPECT_EQ(place_of_mark("a: 'it''s @'"), "f:1:11");
    EXPECT_EQ(place_of_mark(R"(a: "\"\x41\u5361\n@")"), "f:1:19");
}

TEST(ScalarOffset, ColumnsCountCharacters) {
    EXPECT_EQ(place_of_mark("a: 卡片 @"), "f:1:7");
}

TEST(ScalarOffset, FoldedLines) {
    EXPECT_EQ(place_of_mark("a: b\n   c @"), "f:2:6");
    EXPECT_EQ(place_of_mark("a: \"b  \n\n\n   c @\""), "f:4:6");
    EXPECT_EQ(place_of_mark("a: \"b\\\n   c @\""), "f:2:6");
    EXPECT_EQ(place_of_mark("a: b\r\n   c @"), "f:2:6");
}

TEST(ScalarOffset, ABlockTextIsWhereItStarts) {
    EXPECT_EQ(place_of_mark("a: |\n  b @\n"), "f:1:4");
}

TEST(ScalarOffset, NeverLeavesTheSource) {
    EXPECT_EQ(scalar_offset("\"ab", 0, 99), 3U);
}

} // namespace
} // namespace tongka::core::document
