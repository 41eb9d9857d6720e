#include <fmt/format.h>

#include "cli/archive/archive.hpp"

namespace tongka::cli {
namespace {

namespace sql = simulator::sql;
using core::Result;
using json = nlohmann::ordered_json;

/// Each question mark has its number, since it stands more than once: ?1 device … ?5 until, of a run r.
constexpr std::string_view wanted_runs =
    "(?1 = '' OR instr(lower(r.sample), lower(?1)) OR EXISTS (SELECT 1 FROM devices d WHERE d.run = r.id AND "
    "(instr(lower(d.spec), lower(?1)) OR instr(lower(d.reader), lower(?1)) OR instr(lower(d.atr), lower(?1)) OR "
    "instr(lower(d.uid), lower(?1)) OR instr(lower(d.asn), lower(?1)) OR instr(lower(d.name), lower(?1))))) "
    "AND (?2 = '' OR instr(lower(r.vendor), lower(?2))) AND (?3 = '' OR instr(lower(r.chip), lower(?3))) "
    "AND (?4 = '' OR substr(r.started, 1, length(?4)) >= ?4) AND (?5 = '' OR substr(r.started, 1, length(?5)) <= ?5) ";

/// A column of an answer, under the name it has in JSON.
struct Column {
    const char* name;
    enum Kind { text, number, flag } kind;
};

constexpr std::string_view run_columns =
    "r.id, r.started, r.sample, r.vendor, r.chip, r.profile, r.deviation, r.complete, r.pass, r.fail, r.observation, "
    "r.inconclusive, r.error, r.not_run, r.not_applicable, r.exchanges, r.us, r.tool, r.suite, r.suite_sha256, "
    "r.seed, r.folder, r.record";
constexpr std::array run_names{Column{"run", Column::number},
                               Column{"started", Column::text},
                               Column{"sample", Column::text},
                               Column{"vendor", Column::text},
                               Column{"chip", Column::text},
                               Column{"profile", Column::text},
                               Column{"deviation", Column::text},
                               Column{"complete", Column::flag},
                               Column{"pass", Column::number},
                               Column{"fail", Column::number},
                               Column{"observation", Column::number},
                               Column{"inconclusive", Column::number},
                               Column{"error", Column::number},
                               Column{"not_run", Column::number},
                               Column{"not_applicable", Column::number},
                               Column{"exchanges", Column::number},
                               Column{"us", Column::number},
                               Column{"tool", Column::text},
                               Column{"suite", Column::text},
                               Column{"suite_sha256", Column::text},
                               Column{"seed", Column::text},
                               Column{"folder", Column::text},
                               Column{"record", Column::text}};

constexpr std::array verdict_names{Column{"run", Column::number},       Column{"started", Column::text},
                                   Column{"sample", Column::text},      Column{"case", Column::text},
                                   Column{"verdict", Column::text},     Column{"device_us", Column::number},
                                   Column{"exchanges", Column::number}, Column{"reason", Column::text}};

constexpr std::array device_names{Column{"role", Column::text},    Column{"spec", Column::text},
                                  Column{"reader", Column::text},  Column{"protocol", Column::text},
                                  Column{"atr", Column::text},     Column{"uid", Column::text},
                                  Column{"asn", Column::text},     Column{"name", Column::text},
                                  Column{"version", Column::text}, Column{"sha256", Column::text}};

json value_of(const sql::Statement& statement, int at, Column::Kind kind) {
    if (kind == Column::text)
        return statement.text(at);
    const auto number = statement.number(at);
    return kind == Column::flag ? json(number != 0) : json(number);
}

Result<Archive::Rows> rows_of(Result<sql::Statement> asked, std::span<const Column> columns) {
    TONGKA_TRY(auto statement, std::move(asked));
    Archive::Rows rows;
    while (true) {
        TONGKA_TRY(const bool is_row, statement.step());
        if (!is_row)
            return rows;
        json row = json::object();
        for (std::size_t i = 0; i < columns.size(); ++i)
            row[columns[i].name] = value_of(statement, static_cast<int>(i), columns[i].kind);
        rows.push_back(std::move(row));
    }
}

std::string_view reason_in(core::Language language) {
    return language == core::Language::zh ? "v.reason_zh" : "v.reason_en";
}

} // namespace

Result<Archive::Rows> Archive::runs(const Wanted& wanted) {
    const auto asked = fmt::format(
        "SELECT {} FROM runs r WHERE {} AND (?6 = '' OR EXISTS (SELECT 1 FROM verdicts v WHERE v.run = r.id "
        "AND v.verdict = ?6)) ORDER BY r.started, r.id",
        run_columns, wanted_runs);
    return rows_of(
        book_->prepare(asked, wanted.device, wanted.vendor, wanted.chip, wanted.since, wanted.until, wanted.verdict),
        run_names);
}

Result<Archive::Rows> Archive::verdicts(const Wanted& wanted, core::Language language) {
    const auto asked =
        fmt::format("SELECT r.id, r.started, r.sample, c.name, v.verdict, v.device_us, v.exchanges, {} FROM cases c "
                    "JOIN verdicts v ON v.test = c.id JOIN runs r ON r.id = v.run "
                    "WHERE {} AND (?6 = '' OR v.verdict = ?6) AND c.name GLOB ?7 ORDER BY r.started, r.id, c.name",
                    reason_in(language), wanted_runs);
    return rows_of(book_->prepare(asked, wanted.device, wanted.vendor, wanted.chip, wanted.since, wanted.until,
                                  wanted.verdict, wanted.cases),
                   verdict_names);
}

Result<json> Archive::run(std::int64_t number, core::Language language) {
    TONGKA_TRY(
        auto found,
        rows_of(book_->prepare(fmt::format("SELECT {} FROM runs r WHERE r.id = ?", run_columns), number), run_names));
    if (found.empty())
        return core::fail(fmt::format("{}: there is no run {}", path_, number));
    auto& run = found.front();
    TONGKA_TRY(run["devices"], rows_of(book_->prepare("SELECT role, spec, reader, protocol, atr, uid, asn, name, "
                                                      "version, sha256 FROM devices WHERE run = ? ORDER BY role",
                                                      number),
                                       device_names));
    const auto cases =
        fmt::format("SELECT r.id, r.started, r.sample, c.name, v.verdict, v.device_us, v.exchanges, {} "
                    "FROM verdicts v JOIN cases c ON c.id = v.test JOIN runs r ON r.id = v.run WHERE "
                    "v.run = ? AND v.verdict NOT IN ('pass', 'not_applicable') ORDER BY v.verdict, c.name",
                    reason_in(language));
    TONGKA_TRY(auto rows, rows_of(book_->prepare(cases, number), verdict_names));
    for (auto& row : rows)
        for (const auto* known : {"run", "started", "sample"})
            row.erase(known);
    run["cases"] = std::move(rows);
    return std::move(run);
}

} // namespace tongka::cli
