#include "reports/csv.hpp"

#include <initializer_list>

#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

constexpr const char* byte_order_mark = "\uFEFF";

std::string cell(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(0, 1, '\'');
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2))
        text.insert(at, 1, '"');
    return '"' + text + '"';
}

void write_row(std::ostream& out, std::initializer_list<std::string> cells) {
    const char* between = "";
    for (const auto& text : cells) {
        out << between << cell(text);
        between = ",";
    }
    out << "\r\n";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

} // namespace

void write_cases_csv(std::ostream& out, const Summary& summary) {
    out << byte_order_mark;
    write_row(out, {"case", "standard", "title_zh", "title_en", "verdict", "reason_zh", "reason_en", "covers", "device",
                    "checks", "failed_checks", "exchanges", "at_us", "us", "source"});
    for (const auto& which : summary.cases)
        write_row(out,
                  {which.id, std::string(standard_name(which.standard)), which.title.zh, which.title.en,
                   std::string(name_of(which.outcome)), which.reason.zh, which.reason.en, joined(which.covers),
                   which.device, std::to_string(which.checks), std::to_string(which.failures.size()),
                   std::to_string(which.exchanges), std::to_string(which.at), std::to_string(which.us), which.source});
}

void write_requirements_csv(std::ostream& out, const Summary& summary) {
    out << byte_order_mark;
    write_row(out, {"requirement", "standard", "edition", "clause", "level", "title_zh", "title_en", "verdict", "basis",
                    "confidence", "testable", "cases"});
    for (const auto& one : summary.requirements) {
        std::vector<std::string> cases;
        for (const auto index : one.cases)
            cases.push_back(summary.cases[index].id);
        write_row(out, {one.id, std::string(standard_name(one.standard)), one.edition, one.clause, one.level,
                        one.title.zh, one.title.en, std::string(name_of(one.outcome)), one.basis, one.confidence,
                        one.testable, joined(cases)});
    }
}

} // namespace tongka::reports
