#include "harness/clearing/judged_reader.hpp"

namespace tongka::harness::clearing {

core::Result<JudgedReader> JudgedReader::open(const std::filesystem::path& path, const Layout& layout,
                                              std::uint32_t file, const Findings& findings) {
    TONGKA_TRY(auto reader, RecordReader::open(path, layout, file));
    return JudgedReader(std::move(reader), file, findings);
}

core::Result<bool> JudgedReader::next(JudgedRecord& into, const FaultSink& faults) {
    TONGKA_TRY(const bool there, reader_.read(into.raw, into.transaction, faults));
    if (!there)
        return false;
    const std::uint32_t line = into.raw.line;
    if (judgements_.empty() || line >= first_line_ + judgements_.size()) {
        judgements_.resize(window);
        first_line_ = line;
        TONGKA_CHECK(findings_->read(file_, first_line_, judgements_));
    }
    into.judgement = judgements_[line - first_line_];
    return true;
}

} // namespace tongka::harness::clearing
