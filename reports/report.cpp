#include "reports/report.hpp"

#include <fmt/format.h>

#include "core/output_file.hpp"
#include "reports/case_pages.hpp"
#include "reports/csv.hpp"
#include "reports/ctrf.hpp"
#include "reports/html.hpp"
#include "reports/junit.hpp"
#include "reports/report_json.hpp"

namespace tongka::reports {
namespace {

/// Folder of the pages of cases, beside report.html.
constexpr const char* case_pages = "report-cases";

} // namespace

core::Result<Summary> write_reports(const std::filesystem::path& record, const std::filesystem::path& out_dir,
                                    Options options) {
    TONGKA_TRY(auto summary, summarize(record));
    TONGKA_TRY(auto pieces, RecordPieces::open(record));

    std::error_code wrong;
    std::filesystem::create_directories(out_dir, wrong);
    if (wrong)
        return core::fail(fmt::format("{}: cannot be made: {}", out_dir.string(), wrong.message()));
    TONGKA_TRY(auto json, core::OutputFile::create(out_dir / "report.json"));
    TONGKA_TRY(auto junit, core::OutputFile::create(out_dir / "junit.xml"));
    TONGKA_TRY(auto html, core::OutputFile::create(out_dir / "report.html"));
    TONGKA_TRY(auto ctrf, core::OutputFile::create(out_dir / "ctrf.json"));
    TONGKA_TRY(auto cases, core::OutputFile::create(out_dir / "cases.csv"));
    TONGKA_TRY(auto requirements, core::OutputFile::create(out_dir / "requirements.csv"));
    const auto files = {&json, &junit, &html, &ctrf, &cases, &requirements};

    TONGKA_CHECK(write_json(json.stream(), summary, pieces));
    write_junit(junit.stream(), summary, options.language);
    write_ctrf(ctrf.stream(), summary, options.language);
    write_cases_csv(cases.stream(), summary);
    write_requirements_csv(requirements.stream(), summary);
    const bool large = summary.exchanges > options.one_page;
    TONGKA_CHECK(write_html(html.stream(), summary, pieces, options.language, large ? case_pages : ""));
    for (auto* file : files)
        TONGKA_CHECK(file->close());
    for (auto* file : files)
        TONGKA_CHECK(file->commit());
    if (large)
        TONGKA_CHECK(write_case_pages(out_dir / case_pages, summary, pieces, options.language));
    else
        std::filesystem::remove_all(out_dir / case_pages, wrong);
    return summary;
}

} // namespace tongka::reports
