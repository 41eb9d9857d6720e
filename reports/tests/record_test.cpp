#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "reports/record.hpp"
#include "reports/summary.hpp"
#include "reports/tests/sample.hpp"

namespace tongka::reports {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

core::Result<void> ignore(const RecordLine&) {
    return {};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += line + '\n';
    return text;
}

TEST(Record, VisitsEveryLineWithItsPlace) {
    const auto lines = test::lines_of(test::sample_record());
    const auto text = test::read_file(test::sample_record());
    std::size_t seen = 0;
    const auto state = read_record(test::sample_record(), [&](const RecordLine& line) -> core::Result<void> {
        EXPECT_EQ(line.span.first_line, ++seen);
        EXPECT_EQ(text.substr(line.span.offset, line.span.size), lines[seen - 1] + '\n');
        return {};
    });
    ASSERT_TRUE(state) << state.error().message;
    EXPECT_EQ(state->lines, lines.size());
    EXPECT_FALSE(state->torn);
}

TEST(Record, NamesTheAlteredLine) {
    auto lines = test::lines_of(test::sample_record());
    auto& exchange =
        *std::ranges::find_if(lines, [](const auto& line) { return line.find("\"us\":655") != line.npos; });
    const auto number = &exchange - lines.data() + 1;
    exchange.replace(exchange.find("\"us\":655"), 8, "\"us\":654");
    test::Folder folder;
    const auto file = folder.write("record.jsonl", joined(lines));
    const auto state = read_record(file, ignore);
    ASSERT_FALSE(state);
    EXPECT_THAT(state.error().message, HasSubstr("record.jsonl:" + std::to_string(number) + ": this line was altered"));
}

TEST(Record, NamesTheLineBehindWhichOneIsMissing) {
    auto lines = test::lines_of(test::sample_record());
    lines.erase(lines.begin() + 30);
    test::Folder folder;
    const auto state = read_record(folder.write("record.jsonl", joined(lines)), ignore);
    ASSERT_FALSE(state);
    EXPECT_THAT(state.error().message, HasSubstr("record.jsonl:30: "));
    EXPECT_THAT(state.error().message, HasSubstr("taken out"));
}

TEST(Record, ALineThatIsNoJsonIsNamed) {
    auto lines = test::lines_of(test::sample_record());
    lines[11].pop_back();
    test::Folder folder;
    const auto state = read_record(folder.write("record.jsonl", joined(lines)), ignore);
    ASSERT_FALSE(state);
    EXPECT_THAT(state.error().message, EndsWith("record.jsonl:12: this is not a JSON object"));
}

TEST(Record, ACutOffLastLineIsLeftOutAndTold) {
    const auto text = test::read_file(test::sample_record());
    test::Folder folder;
    const auto state = read_record(folder.write("record.jsonl", text.substr(0, text.size() - 40)), ignore);
    ASSERT_TRUE(state) << state.error().message;
    EXPECT_TRUE(state->torn);
    EXPECT_EQ(state->lines, test::lines_of(test::sample_record()).size() - 1);
}

TEST(Record, ALostLineFeedAtTheEndLosesNothing) {
    const auto text = test::read_file(test::sample_record());
    test::Folder folder;
    const auto state = read_record(folder.write("record.jsonl", text.substr(0, text.size() - 1)), ignore);
    ASSERT_TRUE(state) << state.error().message;
    EXPECT_FALSE(state->torn);
    EXPECT_EQ(state->lines, test::lines_of(test::sample_record()).size());
}

TEST(Record, AnUnknownFormatIsRefused) {
    test::Folder folder;
    const auto state = read_record(
        folder.write("record.jsonl", R"({"kind":"header","prev":")" + std::string(64, '0') + R"(","format":2})" + '\n'),
        ignore);
    ASSERT_FALSE(state);
    EXPECT_THAT(state.error().message, HasSubstr("record.jsonl:1: format 2 is not known"));
}

TEST(Record, AnUnknownKindIsPassedOver) {
    test::Folder folder;
    const auto summary =
        summarize(folder.write("record.jsonl", test::make_record({R"({"kind":"weather","sky":"blue"})"})));
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(summary->state.lines, 2U);
}

TEST(Record, AMemberOfTheWrongTypeIsAnErrorWithItsLine) {
    test::Folder folder;
    const auto summary = summarize(folder.write("record.jsonl", test::make_record({R"({"kind":"case","id":7})"})));
    ASSERT_FALSE(summary);
    EXPECT_THAT(summary.error().message, HasSubstr("record.jsonl:2: bad \"case\": "));
}

TEST(Record, WhatIsNoRecordIsRefused) {
    test::Folder folder;
    EXPECT_THAT(read_record(folder.path() / "absent", ignore).error().message, HasSubstr("absent: cannot be read: "));
    EXPECT_THAT(read_record(folder.path(), ignore).error().message, HasSubstr("cannot be read: "));
    EXPECT_THAT(read_record(folder.write("empty", ""), ignore).error().message,
                HasSubstr("there is no whole line in it"));
    EXPECT_THAT(read_record(folder.write("text", "hello\n"), ignore).error().message, HasSubstr("text:1: "));
}

TEST(Record, GoesBackToAStretchOfLines) {
    std::vector<Span> spans;
    ASSERT_TRUE(read_record(test::sample_record(), [&](const RecordLine& line) -> core::Result<void> {
        spans.push_back(line.span);
        return {};
    }));
    auto pieces = RecordPieces::open(test::sample_record());
    ASSERT_TRUE(pieces);
    const Span two{spans[4].offset, spans[4].size + spans[5].size, 5};
    std::vector<std::size_t> numbers;
    ASSERT_TRUE(pieces->visit(two, [&](const RecordLine& line) -> core::Result<void> {
        numbers.push_back(line.span.first_line);
        EXPECT_EQ(line.span.offset, spans[line.span.first_line - 1].offset);
        return {};
    }));
    EXPECT_THAT(numbers, testing::ElementsAre(5, 6));
}

} // namespace
} // namespace tongka::reports
