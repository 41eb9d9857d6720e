#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "reports/summary.hpp"

namespace tongka::cli {

/// What the archive keeps of a case in a run.
struct CaseEntry {
    std::string id;
    reports::Outcome outcome;
    reports::Words reason; ///< empty where it passed
    std::uint64_t us, device_us;
    std::size_t exchanges;
};

/// What the archive keeps of a run: much less than its record.
struct RunEntry {
    std::string record; ///< SHA-256 of the record's last line, in whose chain all others stand
    std::string folder;
    reports::Header header;
    std::string sample, vendor, chip;
    bool complete;
    std::uint64_t us;
    std::size_t exchanges;
    reports::Totals totals;
    std::vector<CaseEntry> cases;
};

/// What the person who imports it knows better than the record; empty: as the record has it.
struct Sample {
    std::string name, vendor, chip;
};

[[nodiscard]] core::Result<RunEntry> read_entry(const std::filesystem::path& record, const Sample& sample);

} // namespace tongka::cli
