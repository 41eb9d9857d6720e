#include "cli/archive/archive.hpp"

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::cli {
namespace {

namespace sql = simulator::sql;
using core::Result;
using reports::Outcome;

// A lock is held as long as a command works on the archive, which is short: records are read before.
constexpr std::chrono::minutes wait{2};

constexpr sql::Make archive_of_runs{
    "archive of runs", 0x544B5255, // "TKRU"
    1,
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, folder TEXT NOT NULL, "
    "started TEXT NOT NULL, sample TEXT NOT NULL, vendor TEXT NOT NULL, chip TEXT NOT NULL, tool TEXT NOT NULL, "
    "suite TEXT NOT NULL, suite_sha256 TEXT NOT NULL, profile TEXT NOT NULL, profile_sha256 TEXT NOT NULL, "
    "deviation TEXT NOT NULL, seed TEXT NOT NULL, complete INTEGER NOT NULL, us INTEGER NOT NULL, "
    "exchanges INTEGER NOT NULL, pass INTEGER NOT NULL, fail INTEGER NOT NULL, observation INTEGER NOT NULL, "
    "inconclusive INTEGER NOT NULL, error INTEGER NOT NULL, not_run INTEGER NOT NULL, "
    "not_applicable INTEGER NOT NULL) STRICT; "
    "CREATE TABLE devices(run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, role TEXT NOT NULL, "
    "spec TEXT NOT NULL, reader TEXT NOT NULL, protocol TEXT NOT NULL, atr TEXT NOT NULL, uid TEXT NOT NULL, "
    "asn TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (run, role)) "
    "STRICT, WITHOUT ROWID; "
    "CREATE TABLE cases(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; "
    "CREATE TABLE verdicts(test INTEGER NOT NULL REFERENCES cases, "
    "run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, verdict TEXT NOT NULL, reason_zh TEXT NOT NULL, "
    "reason_en TEXT NOT NULL, us INTEGER NOT NULL, device_us INTEGER NOT NULL, exchanges INTEGER NOT NULL, "
    "PRIMARY KEY (test, run)) STRICT, WITHOUT ROWID; "
    "CREATE INDEX verdicts_of_run ON verdicts(run, verdict);",
    wait};

/// The number in the only column of the first row; none where there is no row.
Result<std::optional<std::int64_t>> number_in(Result<sql::Statement> asked) {
    TONGKA_TRY(auto statement, std::move(asked));
    TONGKA_TRY(const bool row, statement.step());
    return row ? std::optional(statement.number(0)) : std::nullopt;
}

} // namespace

Result<Archive> Archive::open(const std::filesystem::path& file, Absent absent) {
    if (std::error_code error; absent == Absent::refuse && !std::filesystem::exists(file, error))
        return core::fail(fmt::format("{}: there is no archive; tongka archive import makes one", file.string()));
    TONGKA_TRY(auto book, sql::Database::open(file, archive_of_runs));
    return Archive(file.string(), std::move(book));
}

Result<std::vector<Imported>> Archive::add(std::span<const RunEntry> entries) {
    std::vector<Imported> all;
    TONGKA_TRY(auto transaction, sql::Transaction::begin(*book_));
    for (const auto& entry : entries) {
        TONGKA_TRY(const auto one, add(entry));
        all.push_back(one);
    }
    TONGKA_CHECK(transaction.commit());
    return all;
}

Result<Imported> Archive::add(const RunEntry& entry) {
    const auto find = [&] { return number_in(book_->prepare("SELECT id FROM runs WHERE record = ?", entry.record)); };
    TONGKA_TRY(const auto known, find());
    if (known)
        return Imported{*known, false};
    const auto& header = entry.header;
    const auto& totals = entry.totals;
    const std::string places = "NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    TONGKA_TRY([[maybe_unused]] const int rows,
               book_->change("INSERT INTO runs VALUES (" + places + ")", entry.record, entry.folder, header.started,
                             entry.sample, entry.vendor, entry.chip, header.tool + " " + header.tool_version,
                             header.suite_version, header.suite_sha256, header.profile, header.profile_sha256,
                             header.deviation, header.seed, static_cast<int>(entry.complete), entry.us, entry.exchanges,
                             totals[Outcome::pass], totals[Outcome::fail], totals[Outcome::observation],
                             totals[Outcome::inconclusive], totals[Outcome::error], totals[Outcome::not_run],
                             totals[Outcome::not_applicable]));
    TONGKA_TRY(const auto made, find());
    TONGKA_CHECK(add_devices(*made, entry));
    TONGKA_CHECK(add_cases(*made, entry));
    return Imported{*made, true};
}

Result<void> Archive::add_devices(std::int64_t run, const RunEntry& entry) {
    for (const auto& one : entry.header.devices) {
        TONGKA_TRY([[maybe_unused]] const int rows,
                   book_->change("INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", run, one.role,
                                 one.spec, one.reader, one.protocol, one.atr, one.uid, one.asn, one.name, one.version,
                                 one.sha256));
    }
    return {};
}

Result<void> Archive::add_cases(std::int64_t run, const RunEntry& entry) {
    for (const auto& one : entry.cases) {
        TONGKA_TRY([[maybe_unused]] const int names,
                   book_->change("INSERT OR IGNORE INTO cases VALUES (NULL, ?)", one.id));
        TONGKA_TRY([[maybe_unused]] const int rows,
                   book_->change("INSERT INTO verdicts SELECT id, ?, ?, ?, ?, ?, ?, ? FROM cases WHERE name = ?", run,
                                 name_of(one.outcome), one.reason.zh, one.reason.en, one.us, one.device_us,
                                 one.exchanges, one.id));
    }
    return {};
}

Result<void> Archive::remove(std::span<const std::int64_t> runs) {
    TONGKA_TRY(auto transaction, sql::Transaction::begin(*book_));
    for (const auto run : runs) {
        TONGKA_TRY(const int rows, book_->change("DELETE FROM runs WHERE id = ?", run));
        if (rows == 0)
            return core::fail(fmt::format("{}: there is no run {}", path_, run));
    }
    TONGKA_TRY([[maybe_unused]] const int names,
               book_->change("DELETE FROM cases WHERE id NOT IN (SELECT test FROM verdicts)"));
    return transaction.commit();
}

Result<void> Archive::check_case(std::string_view name) {
    TONGKA_TRY(auto statement, book_->prepare("SELECT name FROM cases ORDER BY name"));
    std::vector<std::string> names;
    while (true) {
        TONGKA_TRY(const bool row, statement.step());
        if (!row)
            break;
        names.push_back(statement.text(0));
        if (names.back() == name)
            return {};
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    const auto near = core::nearest(name, known);
    return core::fail(fmt::format("{}: no run has a case \"{}\"{}", path_, name,
                                  near ? fmt::format(": did you mean '{}'?", *near) : std::string()));
}

} // namespace tongka::cli
