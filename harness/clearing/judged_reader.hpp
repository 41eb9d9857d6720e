#pragma once

#include <vector>

#include "harness/clearing/check.hpp"

namespace tongka::harness::clearing {

struct JudgedRecord {
    RawRecord raw;
    Transaction transaction;
    Judgement judgement;
};

/// Reads a file that was checked once more, each record with its judgement.
class JudgedReader {
public:
    [[nodiscard]] static core::Result<JudgedReader> open(const std::filesystem::path& path, const Layout& layout,
                                                         std::uint32_t file, const Findings& findings);

    /// The next good record; false at the end. Faults met on the way are added.
    [[nodiscard]] core::Result<bool> next(JudgedRecord& into, const FaultSink& faults);

    [[nodiscard]] const RecordReader& reader() const { return reader_; }

private:
    static constexpr std::size_t window = 1 << 14; ///< lines

    JudgedReader(RecordReader reader, std::uint32_t file, const Findings& findings)
        : reader_(std::move(reader)), file_(file), findings_(&findings) {}

    RecordReader reader_;
    std::uint32_t file_;
    const Findings* findings_;
    std::vector<Judgement> judgements_;
    std::uint32_t first_line_ = 0;
};

} // namespace tongka::harness::clearing
