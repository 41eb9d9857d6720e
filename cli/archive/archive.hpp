#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/archive/entry.hpp"
#include "core/text.hpp"
#include "simulator/issuer/host/sql.hpp"

namespace tongka::cli {

/// What is looked for; empty: whatever it is. Texts are looked for inside what the archive has, without regard to case.
struct Wanted {
    std::string device; ///< in sample, spec, reader, ATR, UID, ASN or name
    std::string vendor, chip;
    std::string verdict;      ///< in its short form: `not_run`
    std::string cases;        ///< a pattern: `purchase-*`
    std::string since, until; ///< 2026, 2026-01, 2026-01-31 …; until takes in the whole of it
};

/// What an import did with a run.
struct Imported {
    std::int64_t run;
    bool is_new;
};

/// Runs of a laboratory over the years in an SQLite file. One process has it open at a time; others wait for it.
class Archive {
public:
    using Rows = std::vector<nlohmann::ordered_json>;

    enum class Absent { make, refuse };
    [[nodiscard]] static core::Result<Archive> open(const std::filesystem::path& file, Absent absent);

    /// All of them or none. A run whose record is there already stays as it is.
    [[nodiscard]] core::Result<std::vector<Imported>> add(std::span<const RunEntry> entries);

    /// All of them or none; a number that no run has is an Error.
    [[nodiscard]] core::Result<void> remove(std::span<const std::int64_t> runs);

    /// Runs, the oldest first.
    [[nodiscard]] core::Result<Rows> runs(const Wanted& wanted);

    /// Verdicts of the cases that are wanted, by run, the oldest first.
    [[nodiscard]] core::Result<Rows> verdicts(const Wanted& wanted, core::Language language);

    /// A run with its devices, and the cases that did not pass.
    [[nodiscard]] core::Result<nlohmann::ordered_json> run(std::int64_t number, core::Language language);

    /// An Error that names the nearest, for a case that no run has.
    [[nodiscard]] core::Result<void> check_case(std::string_view name);

private:
    Archive(std::string path, std::unique_ptr<simulator::sql::Database> book)
        : path_(std::move(path)), book_(std::move(book)) {}

    [[nodiscard]] core::Result<Imported> add(const RunEntry& entry);
    [[nodiscard]] core::Result<void> add_devices(std::int64_t run, const RunEntry& entry);
    [[nodiscard]] core::Result<void> add_cases(std::int64_t run, const RunEntry& entry);

    std::string path_;
    std::unique_ptr<simulator::sql::Database> book_;
};

} // namespace tongka::cli
