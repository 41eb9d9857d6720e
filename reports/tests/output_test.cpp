#include <algorithm>
#include <csignal>
#include <sys/resource.h>

#include <gmock/gmock.h>

#include "core/output_file.hpp"
#include "reports/report.hpp"
#include "reports/tests/sample.hpp"

namespace tongka::reports {
namespace {

using testing::HasSubstr;

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

TEST(Output, MakesItsFolderAndLeavesNothingButReports) {
    test::Folder folder;
    const auto out = folder.path() / "a" / "b";
    ASSERT_TRUE(write_reports(test::sample_record(), out));
    EXPECT_THAT(names_in(out), testing::ElementsAre("cases.csv", "ctrf.json", "junit.xml", "report.html", "report.json", "requirements.csv"));
}

TEST(Output, ReplacesAnOlderReport) {
    test::Folder folder;
    folder.write("report.json", "old");
    ASSERT_TRUE(write_reports(test::sample_record(), folder.path()));
    EXPECT_THAT(test::read_file(folder.path() / "report.json"), HasSubstr("\"format\": 1"));
}

TEST(Output, APlaceThatCannotBeWrittenIsAnErrorAndLeavesNothing) {
    test::Folder folder;
    const auto file = folder.write("taken", "x");
    const auto below_a_file = write_reports(test::sample_record(), file / "out");
    ASSERT_FALSE(below_a_file);
    EXPECT_THAT(below_a_file.error().message, HasSubstr("taken/out: cannot be made: "));

    std::filesystem::create_directories(folder.path() / "out" / "report.html" / "occupied");
    const auto onto_a_folder = write_reports(test::sample_record(), folder.path() / "out");
    ASSERT_FALSE(onto_a_folder);
    EXPECT_THAT(onto_a_folder.error().message, HasSubstr("report.html: cannot be written: "));
    EXPECT_THAT(names_in(folder.path() / "out"), testing::ElementsAre("report.html"));
}

TEST(Output, AFullDiskIsAnErrorAndLeavesNothing) {
    test::Folder folder;
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto summary = write_reports(test::sample_record(), folder.path());
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(summary);
    EXPECT_THAT(summary.error().message, HasSubstr("report.json: cannot be written: "));
    EXPECT_TRUE(names_in(folder.path()).empty());
}

TEST(Output, ABadRecordLeavesTheOldReportAlone) {
    test::Folder folder;
    folder.write("report.html", "old");
    const auto bad = folder.write("record.jsonl", "{}\n");
    ASSERT_FALSE(write_reports(bad, folder.path()));
    EXPECT_EQ(test::read_file(folder.path() / "report.html"), "old");
    EXPECT_THAT(names_in(folder.path()), testing::ElementsAre("record.jsonl", "report.html"));
}

TEST(Output, AFileAppearsWhenItIsCommitted) {
    test::Folder folder;
    {
        auto file = core::OutputFile::create(folder.path() / "a");
        ASSERT_TRUE(file);
        file->stream() << "half";
    }
    EXPECT_TRUE(names_in(folder.path()).empty());
    auto file = core::OutputFile::create(folder.path() / "a");
    ASSERT_TRUE(file);
    file->stream() << "whole";
    ASSERT_TRUE(file->close());
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "a"));
    ASSERT_TRUE(file->commit());
    EXPECT_EQ(test::read_file(folder.path() / "a"), "whole");
}

} // namespace
} // namespace tongka::reports
