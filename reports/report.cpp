#include "reports/report.hpp"

#include <fmt/format.h>

#include "core/output_file.hpp"
#include "reports/html.hpp"
#include "reports/junit.hpp"
#include "reports/report_json.hpp"

namespace tongka::reports {

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

    TONGKA_CHECK(write_json(json.stream(), summary, pieces));
    write_junit(junit.stream(), summary, options.language);
    TONGKA_CHECK(write_html(html.stream(), summary, pieces, options.language));
    for (auto* file : {&json, &junit, &html})
        TONGKA_CHECK(file->close());
    for (auto* file : {&json, &junit, &html})
        TONGKA_CHECK(file->commit());
    return summary;
}

} // namespace tongka::reports
