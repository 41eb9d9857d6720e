#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace tongka::reports {

/// What a report tells beside its record: who, for whom, on what. Texts are as somebody wrote them, in one language; an
/// empty one was not stated.
struct ReportData {
    struct Signature {
        std::string name, date;
    };
    std::string number, issued;
    std::string laboratory, laboratory_address, accreditation, place;
    std::string client, client_address;
    std::string sample, sample_type, sample_number, vendor, chip, system, received, condition;
    std::string method, decision_rule, remarks;
    std::vector<std::string> departures;
    Signature tester, reviewer, approver;

    /// Reads `{report: {number: …, issued: …}, laboratory: {…}, …}`, as empty_report_data() shows it. An Error, with
    /// its place, for a name that is not there.
    [[nodiscard]] static core::Result<ReportData> load(const std::filesystem::path& file);
};

/// A file to fill in, with a comment for each entry.
[[nodiscard]] std::string empty_report_data();

} // namespace tongka::reports
