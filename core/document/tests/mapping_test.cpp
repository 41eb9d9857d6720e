#include <gtest/gtest.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"

namespace tongka::core::document {
namespace {

TEST(Mapping, GivesWhatIsThere) {
    auto node = parse("id: one\ntitle: '0010'\n", "f").value();
    auto fields = Mapping::of(node, "a case").value();
    EXPECT_EQ(fields.required_text("id").value(), "one");
    EXPECT_EQ(fields.optional_text("title").value(), "0010");
    EXPECT_EQ(fields.optional_text("device", "card").value(), "card");
    EXPECT_EQ(fields.optional("vars"), nullptr);
    EXPECT_TRUE(fields.finish());
}

TEST(Mapping, AnUnknownKeyComesWithTheNearest) {
    auto node = parse("id: one\ntitel: two\n", "f").value();
    auto fields = Mapping::of(node, "a case").value();
    (void)fields.required("id");
    (void)fields.optional("title");
    EXPECT_EQ(fields.finish().error().message, "f:2:1: unknown key 'titel' in a case: did you mean 'title'?");
}

TEST(Mapping, AMissingKeyIsTold) {
    auto node = parse("- title: two\n", "f").value();
    auto fields = Mapping::of(node.items.at(0), "a case").value();
    EXPECT_EQ(fields.required("id").error().message, "f:1:3: a case needs 'id'");
}

TEST(Mapping, AMisspeltRequiredKeyIsToldAsSuch) {
    auto node = parse("tilte: two\n", "f").value();
    auto fields = Mapping::of(node, "a case").value();
    EXPECT_EQ(fields.required("title").error().message, "f:1:1: unknown key 'tilte' in a case: did you mean 'title'?");
}

TEST(Mapping, OtherKindsAreRefused) {
    auto node = parse("id: [a]\n", "f").value();
    auto fields = Mapping::of(node, "a case").value();
    EXPECT_EQ(fields.required_text("id").error().message, "f:1:5: id must be a text, not a list");
    EXPECT_EQ(Mapping::of(node.entries.at(0).value, "a case").error().message,
              "f:1:5: a case must be a mapping, not a list");
}

} // namespace
} // namespace tongka::core::document
