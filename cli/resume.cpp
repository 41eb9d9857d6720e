#include "cli/resume.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/record.hpp"

namespace tongka::cli {
namespace {

using harness::CaseResult;
using harness::Verdict;

core::Result<CaseResult> result_of(const nlohmann::json& line) {
    const auto& verdict = line.at("verdict").get_ref<const std::string&>();
    for (const auto each : {Verdict::pass, Verdict::fail, Verdict::inconclusive, Verdict::error})
        if (verdict == name(each))
            return CaseResult{each, line.value("observation", false), {}, {}, 0};
    return core::fail(fmt::format("\"{}\" is no verdict", verdict));
}

nlohmann::json without_hash(nlohmann::json line) {
    line.erase("prev");
    return line;
}

} // namespace

core::Result<std::optional<CutOff>> read_cut_off(const std::filesystem::path& record) {
    CutOff found;
    auto& run = found.resumption;
    bool complete = false;
    TONGKA_TRY(const auto state,
               reports::read_record(record, [&](const reports::RecordLine& line) -> core::Result<void> {
                   const auto& value = line.value;
                   if (const auto at = value.find("at"); at != value.end())
                       run.at = std::max(run.at, at->get<std::uint64_t>());
                   if (line.kind == "header" || line.kind == "requirement" || line.kind == "case")
                       run.head.push_back(without_hash(value));
                   else if (line.kind == "begin")
                       run.under_way = value.at("case").get<std::string>();
                   else if (line.kind == "end")
                       complete = true;
                   else if (line.kind == "verdict") {
                       run.under_way.clear();
                       TONGKA_TRY(run.ended[value.at("case").get<std::string>()], result_of(value));
                   }
                   return {};
               }));
    if (complete)
        return std::nullopt;
    found.end = {.size = state.size, .without_feed = state.without_feed, .last_sha256 = state.last_sha256};
    std::error_code error;
    if (const auto size = std::filesystem::file_size(record, error); !error && size > state.size)
        run.lost = size - state.size;
    return found;
}

} // namespace tongka::cli
