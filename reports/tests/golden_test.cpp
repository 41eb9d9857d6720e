#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "reports/print.hpp"
#include "reports/report.hpp"
#include "reports/summary_text.hpp"
#include "reports/tests/sample.hpp"

// The reports of sample.jsonl, byte for byte. `scripts/approve-golden` takes over a change that was looked at.
namespace tongka::reports {
namespace {

void compare(const std::string& name, const std::string& written) {
    const auto golden = std::filesystem::path(TONGKA_SOURCE_DIR) / "reports/tests/golden" / name;
    if (std::getenv("TONGKA_APPROVE")) {
        std::ofstream(golden, std::ios::binary) << written;
        return;
    }
    const auto expected = test::read_file(golden);
    if (written == expected)
        return;
    const auto first = std::ranges::mismatch(written, expected).in1 - written.begin();
    const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(first - 80, 0));
    FAIL() << name << " differs from byte " << first << " on:\n  written  " << written.substr(from, 200)
           << "\n  golden   " << expected.substr(from, 200) << "\nscripts/approve-golden takes the change over.";
}

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, IsAsApproved) {
    test::Folder folder;
    const auto summary = write_reports(test::sample_record(), folder.path(), {core::Language::en});
    ASSERT_TRUE(summary) << summary.error().message;
    compare(GetParam(), test::read_file(folder.path() / GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Reports, Golden,
                         testing::Values("report.json", "junit.xml", "ctrf.json", "cases.csv", "requirements.csv",
                                         "report.html"),
                         [](const testing::TestParamInfo<const char*>& parameter) {
                             std::string name = parameter.param;
                             name[name.find('.')] = '_';
                             return name;
                         });

TEST(GoldenText, IsAsApproved) {
    const auto summary = summarize(test::sample_record());
    ASSERT_TRUE(summary);
    compare("summary.txt",
            summary_text(*summary, "out", {core::Language::zh}) + summary_text(*summary, "out", {core::Language::en}));
}

TEST(GoldenPrint, IsAsApproved) {
    const auto summary = summarize(test::sample_record());
    ASSERT_TRUE(summary);
    ReportData data;
    data.number = "No. \"7\" <1>";
    data.laboratory = "检测实验室";
    data.departures = {"The reader was changed after case 3."};
    data.tester = {"Li Hua", "2026-11-24"};
    std::ostringstream zh;
    std::ostringstream en;
    write_print(zh, *summary, data, core::Language::zh);
    write_print(en, *summary, data, core::Language::en);
    compare("print-zh.html", zh.str());
    compare("print-en.html", en.str());
}

} // namespace
} // namespace tongka::reports
