#pragma once

#include <filesystem>

#include "core/result.hpp"
#include "reports/case_pages.hpp"
#include "reports/summary.hpp"

namespace tongka::reports {

struct Options {
    core::Language language = core::Language::zh; ///< of junit.xml and ctrf.json, and the one report.html shows first
    std::size_t one_page = exchanges_of_one_page; ///< report.html holds the exchanges of a run of no more than these
};

/// Makes report.json, junit.xml, ctrf.json, cases.csv, requirements.csv and report.html (of a large run also
/// `report-cases/`) in `out_dir` from a record, and tells what was in it. The folder is made where it is missing. All
/// appear whole or none does; a record that
/// does not hold together, and a place that cannot be written, are Errors of one line.
[[nodiscard]] core::Result<Summary> write_reports(const std::filesystem::path& record,
                                                  const std::filesystem::path& out_dir, Options options = {});

} // namespace tongka::reports
