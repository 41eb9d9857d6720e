#include "harness/actor/file_finds.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::harness {

using namespace clearing;

namespace {

struct FaultName {
    std::string_view word;
    FaultKind kind;
};

constexpr FaultName fault_names[] = {
    {"file", FaultKind::file},     {"name", FaultKind::name},         {"line-end", FaultKind::line_end},
    {"length", FaultKind::length}, {"encoding", FaultKind::encoding}, {"number", FaultKind::number},
    {"date", FaultKind::date},     {"constant", FaultKind::constant}, {"count", FaultKind::count},
    {"sum", FaultKind::sum},       {"city", FaultKind::city},         {"record-length", FaultKind::record_length},
    {"crc", FaultKind::crc},       {"too-many", FaultKind::too_many},
};

std::vector<Sight> faults_of(const FileSet& set, const std::string& layout, FaultKind kind) {
    std::vector<Sight> found;
    for (const auto* file : set.of(layout))
        for (const auto& fault : file->faults)
            if (fault.kind == kind && set.plant_at(file->name, fault.line).empty())
                found.push_back(
                    {file->name, fault.line,
                     fault.field.empty() ? fault.reason : fmt::format("field {}: {}", fault.field, fault.reason)});
    return found;
}

/// What the judgement of a record must be to be of this kind; nullptr for another word.
template <typename Is>
core::Result<std::vector<Sight>> judgements_of(const FileSet& set, JudgedFiles& judged, const std::string& layout,
                                               std::string_view text, Is is) {
    TONGKA_TRY(const auto* judgements, judged.of(layout));
    std::vector<Sight> found;
    const auto files = set.of(layout);
    for (std::size_t file = 0; file < files.size(); ++file)
        for (std::size_t at = 0; at < files[file]->records.size(); ++at) {
            const auto line = files[file]->records[at].transaction.line;
            if (is((*judgements)[file][at]) && set.plant_at(files[file]->name, line).empty())
                found.push_back({files[file]->name, line, std::string(text)});
        }
    return found;
}

} // namespace

core::Result<std::vector<Sight>> find_in_files(const FileSet& set, JudgedFiles& judged, const std::string& layout,
                                               std::string_view what) {
    for (const auto& fault : fault_names)
        if (fault.word == what)
            return faults_of(set, layout, fault.kind);
    for (const auto& one : verdicts())
        if (one.name == what)
            return judgements_of(set, judged, layout, one.text.en,
                                 [&](const Judgement& judgement) { return judgement.verdict == one.verdict; });
    for (const auto& one : notices())
        if (one.name == what)
            return judgements_of(set, judged, layout, one.text.en, [&](const Judgement& judgement) {
                return (judgement.notices & static_cast<core::Byte>(one.notice)) != 0;
            });
    if (auto found = find_in_records(set, layout, what))
        return *std::move(found);
    return core::fail(fmt::format("'{}' is nothing that files are looked through for", what));
}

} // namespace tongka::harness
