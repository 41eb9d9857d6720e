#include <cstdlib>

#include <gtest/gtest.h>

#include "core/document/parse.hpp"

namespace tongka::core::document {
namespace {

TEST(Parse, EveryScalarIsText) {
    auto node = parse("[9302, 6E00, 0010, yes, 1.0, 'null', \"\", 0x10]", "f").value();
    std::vector<std::string> texts;
    for (const auto& item : node.items)
        texts.push_back(item.text);
    EXPECT_EQ(texts, (std::vector<std::string>{"9302", "6E00", "0010", "yes", "1.0", "null", "", "0x10"}));
}

TEST(Parse, NodesKnowTheirPlace) {
    auto node = parse("\xEF\xBB\xBF# 注释\n一: [二, 三]\n二:\n  - k: v\n", "f").value();
    EXPECT_EQ(node.where(), "f:2:1");
    EXPECT_EQ(node.entries.at(0).value.items.at(1).where(), "f:2:8");
    EXPECT_EQ(node.entries.at(1).key.where(), "f:3:1");
    EXPECT_EQ(node.entries.at(1).value.items.at(0).entries.at(0).value.where(), "f:4:8");
}

struct Refusal {
    const char* text;
    const char* message;
};

class ParseRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseRefuses, WithPlaceAndReason) {
    auto node = parse(GetParam().text, "f");
    ASSERT_FALSE(node);
    EXPECT_EQ(node.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, ParseRefuses,
    testing::Values(
        Refusal{"", "f:1:1: the document is empty"}, Refusal{"# nothing\n", "f:1:1: the document is empty"},
        Refusal{"a: 1\nb: 2\na: 3\n", "f:3:1: 'a' is given twice (first in line 1)"},
        Refusal{"a:\nb: 1\n", "f:1:1: 'a' has no value (quote it, if an empty text or the word null is meant)"},
        Refusal{"a: ~\n", "f:1:1: 'a' has no value (quote it, if an empty text or the word null is meant)"},
        Refusal{"- x\n- null\n", "f:2:3: a value is missing (quote it, if an empty text or the word null is meant)"},
        Refusal{"a: !!int 3\n", "f:1:4: tags (tag:yaml.org,2002:int) are not supported: every value is text"},
        Refusal{"a: ! 3\n", "f:1:4: tags (!) are not supported: every value is text"},
        Refusal{"a: !x [3]\n", "f:1:4: tags (!x) are not supported: every value is text"},
        Refusal{"a: &x 3\nb: *x\n", "f:1:4: anchors (&x) are not supported"},
        Refusal{"? [a]\n: 1\n", "f:1:3: a key must be a text, not a list"},
        Refusal{"a: 1\n---\nb: 2\n", "f:2:1: the document ends before this: a second document, or wrong indentation"},
        Refusal{"a: [1, 2\n", "f:2:1: malformed YAML: end of sequence flow not found"},
        Refusal{"a: \"b\n", "f:1:4: malformed YAML: the quote opened here is never closed"},
        Refusal{"a: 'it''s\n", "f:1:4: malformed YAML: the quote opened here is never closed"},
        Refusal{"a: \"b\" c\n", "f:1:8: malformed YAML: end of map not found"},
        Refusal{"- a\nb: c\n", "f:2:1: the document ends before this: a second document, or wrong indentation"},
        Refusal{"a: b\n\tc: d\n", "f:2:1: malformed YAML: illegal tab when looking for indentation"},
        Refusal{"{a: b\n", "f:2:1: malformed YAML: end of map flow not found"},
        Refusal{"a: b: c\n", "f:1:5: malformed YAML: illegal map value"},
        Refusal{"卡: \xFF\n", "f:1:4: this is not UTF-8 text"},
        Refusal{"a: \xED\xA0\x80\n", "f:1:4: this is not UTF-8 text"},
        Refusal{"a: b\x04\n", "f:1:5: control character 04 in the text"}));

TEST(Parse, DepthAndSizeHaveLimits) {
    EXPECT_TRUE(parse("[[[x]]]", "f", {.bytes = 7, .depth = 3}));
    EXPECT_EQ(parse("[[[x]]]", "f", {.bytes = 7, .depth = 2}).error().message, "f:1:3: nested more than 2 deep");
    EXPECT_EQ(parse("[[[x]]]", "f", {.bytes = 6, .depth = 3}).error().message,
              "f: 7 bytes are more than the 6 a document may have");
    EXPECT_FALSE(parse(std::string(100000, '['), "f"));
}

TEST(Read, AnAbsentFileIsNamed) {
    EXPECT_EQ(read("/nonexistent/a.yaml").error().message,
              "/nonexistent/a.yaml: cannot be read: No such file or directory");
    EXPECT_EQ(read("/").error().message, "/: cannot be read: Is a directory");
}

} // namespace
} // namespace tongka::core::document
