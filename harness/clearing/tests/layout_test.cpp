#include <gtest/gtest.h>

#include "harness/clearing/crc16.hpp"
#include "harness/clearing/schema.hpp"
#include "harness/clearing/tests/scratch.hpp"

namespace tongka::harness::clearing {
namespace {

using test::layout;

TEST(LayoutTest, EveryLayoutHasThePublishedWidth) {
    // clauses.md A.1, A.2, D, D.2, J.4: characters of a record without its line end
    const std::pair<std::string_view, std::size_t> published[] = {
        {"FH", 172},         {"DF", 100},       {"DT", 94},           {"SA", 100},      {"XF", 149},
        {"SS", 200},         {"SS-198", 198},   {"QS", 103},          {"SS-short", 93}, {"NS", 46},
        {"blacklist", 22},   {"WL", 8},         {"beijing-128", 126}, {"GF", 145},      {"yangzhou-315", 315},
        {"ministry-39", 39}, {"vendor-64", 64},
    };
    for (const auto& [name, width] : published)
        EXPECT_EQ(layout(name).record.width, width) << name;
}

TEST(LayoutTest, FieldsStandWhereTheSourceHasThem) {
    const std::pair<std::string_view, std::size_t> fh[] = {
        {"serial", 0},      {"nature", 12},     {"pos", 42},      {"psam", 54},
        {"terminal", 89},   {"home-city", 101}, {"counter", 121}, {"balance-before", 131},
        {"date-time", 147}, {"tac", 161},       {"test", 171}};
    for (const auto& [name, offset] : fh)
        EXPECT_EQ(layout("FH").record.find(name)->offset, offset) << name;
    const std::pair<std::string_view, std::size_t> yangzhou[] = {
        {"inner-number", 51}, {"amount", 79}, {"psam", 117},   {"tac", 161},     {"key-version", 169},
        {"industry", 259},    {"test", 276},  {"random", 277}, {"reserved", 285}};
    for (const auto& [name, offset] : yangzhou)
        EXPECT_EQ(layout("yangzhou-315").record.find(name)->offset, offset) << name;
    EXPECT_EQ(layout("FH").head[0].width, 6U);
    EXPECT_EQ(layout("FH").head[1].width, 26U);
    EXPECT_EQ(layout("DF").head[1].width, 25U);
    EXPECT_EQ(layout("SA").head[1].width, 28U);
}

TEST(LayoutTest, CountBoundsAFile) {
    EXPECT_EQ(layout("FH").most_records(), 99'999U);
    EXPECT_EQ(layout("QS").most_records(), 99'999'999U);
}

TEST(LayoutTest, FileNamesAreReadAndMade) {
    const auto& fh = layout("FH");
    const auto name = read_file_name(fh, "FH26112321440000000042");
    ASSERT_TRUE(name);
    EXPECT_EQ(name->date, "261123");
    EXPECT_EQ(name->city, "21440000");
    EXPECT_EQ(name->serial, "000042");
    EXPECT_EQ(make_file_name(fh, {.date = "20261123", .city = "2144", .serial = "42"}), "FH26112321440000000042");
    EXPECT_FALSE(read_file_name(fh, "FH2611232144000000004"));
    EXPECT_FALSE(read_file_name(fh, "FH2611232144000000004X"));
    EXPECT_EQ(guess_layout(test::layouts(), "up/FH26112321440000000042"), &fh);
    EXPECT_EQ(guess_layout(test::layouts(), "readme.txt"), nullptr);
}

TEST(LayoutTest, AFaultIsToldWithItsPlace) {
    const test::Scratch scratch;
    const std::string good = test::read_file(TONGKA_SOURCE_DIR "/testcases/clearing/DT.yaml");
    const auto told = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto loaded = load_layout(scratch.write("DT.yaml", text));
        return loaded ? std::string("read") : loaded.error().message.substr(scratch.path().native().size() + 1);
    };
    EXPECT_EQ(told("name: psam, type: n, width: 16", "name: psam, type: n, width: 15"),
              "DT.yaml:31:16: the record's fields have 93 bytes, 95 with the line's end, and not 96");
    EXPECT_EQ(told("means: psam", "means: psan"), "DT.yaml:21:45: a transaction has no 'psan': did you mean 'psam'?");
    EXPECT_EQ(told("type: n, width: 16", "type: number, width: 16"),
              "DT.yaml:21:24: type cannot be 'number': known are an, b, bcd, be, h, le, n, x");
    EXPECT_EQ(told("kind: text", "kinds: text"), "DT.yaml:8:1: unknown key 'kinds' in a layout: did you mean 'kind'?");
    EXPECT_EQ(told("type: n, width: 16", "type: n, widht: 16"),
              "DT.yaml:21:27: unknown key 'widht' in a field: did you mean 'width'?");
    EXPECT_EQ(told("name: test, type: n, width: 1", "name: psam, type: n, width: 1"),
              "DT.yaml:30:5: 'psam' stands in this line already");
}

TEST(LayoutTest, TheCheckedInSchemaIsWhatTheTablesSay) {
    EXPECT_EQ(test::read_file(TONGKA_SOURCE_DIR "/testcases/schema/layout.schema.json"), layout_schema())
        << "cmake --build BUILD --target refresh_schemas writes it anew";
}

TEST(LayoutTest, Crc16IsArc) {
    constexpr std::string_view digits = "123456789"; // check value of CRC-16/ARC in the catalogue of Greg Cook
    EXPECT_EQ(crc16({reinterpret_cast<const core::Byte*>(digits.data()), digits.size()}), 0xBB3D);
}

} // namespace
} // namespace tongka::harness::clearing
