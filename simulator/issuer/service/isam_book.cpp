#include "simulator/issuer/service/isam_book.hpp"

#include <algorithm>

#include "simulator/issuer/host/sql.hpp"

namespace tongka::simulator {
namespace {

using core::BytesView;
using core::Result;

constexpr std::string_view select_session =
    "SELECT batch, amount, until, state, first_serial, last_serial, remaining, load_count, load_amount, "
    "deposit_amount, terminal FROM isam_sessions WHERE isam = ? ";

Result<std::optional<IsamSession>> read_one(sql::Statement row) {
    TONGKA_TRY(const bool found, row.step());
    if (!found)
        return std::nullopt;
    const auto number = [&](int column) -> std::optional<std::uint32_t> {
        return row.null(column) ? std::nullopt : std::optional(static_cast<std::uint32_t>(row.number(column)));
    };
    const std::string state = row.text(3);
    IsamSession session{.batch = *number(0),
                        .amount = *number(1),
                        .until = {},
                        .terminal = {},
                        .state = state == "open"      ? SessionState::open
                                 : state == "closing" ? SessionState::closing
                                                      : SessionState::closed,
                        .first_serial = number(4),
                        .last_serial = number(5),
                        .remaining = number(6),
                        .load_count = number(7),
                        .load_amount = number(8),
                        .deposit_amount = number(9)};
    const auto until = row.blob(2);
    std::copy_n(until.begin(), std::min(until.size(), session.until.size()), session.until.begin());
    const auto terminal = row.blob(10);
    std::copy_n(terminal.begin(), std::min(terminal.size(), session.terminal.size()), session.terminal.begin());
    return session;
}

} // namespace

Result<void> IsamBook::add(const IsamEntry& entry) {
    TONGKA_CHECK(accounts_.balance(entry.account));
    TONGKA_CHECK(database_.change(
        "INSERT INTO isams VALUES (?1, ?2, ?3, ?4) ON CONFLICT (serial) DO UPDATE SET account = ?2, most = ?3, "
        "blocked = ?4",
        BytesView(entry.serial), std::string_view(entry.account), entry.most, entry.blocked));
    return {};
}

Result<std::optional<IsamEntry>> IsamBook::find(const IsamSerial& serial) {
    TONGKA_TRY(auto row,
               database_.prepare("SELECT account, most, blocked FROM isams WHERE serial = ?", BytesView(serial)));
    TONGKA_TRY(const bool found, row.step());
    if (!found)
        return std::nullopt;
    return IsamEntry{.serial = serial,
                     .account = row.text(0),
                     .most = static_cast<std::uint32_t>(row.number(1)),
                     .blocked = row.number(2) != 0};
}

Result<std::optional<IsamSession>> IsamBook::session(const IsamSerial& serial) {
    TONGKA_TRY(auto row,
               database_.prepare(std::string(select_session) + "AND state <> 'closed' ORDER BY batch DESC LIMIT 1",
                                 BytesView(serial)));
    return read_one(std::move(row));
}

Result<std::optional<IsamSession>> IsamBook::session(const IsamSerial& serial, std::uint32_t batch) {
    TONGKA_TRY(auto row, database_.prepare(std::string(select_session) + "AND batch = ?", BytesView(serial), batch));
    return read_one(std::move(row));
}

Result<std::optional<IsamSession>> IsamBook::grant(const IsamEntry& entry, std::uint32_t most,
                                                   const std::array<core::Byte, 7>& until,
                                                   const std::array<core::Byte, 6>& terminal) {
    TONGKA_TRY(auto transaction, sql::Transaction::begin(database_));
    TONGKA_TRY(const auto balance, accounts_.balance(entry.account));
    const auto amount = static_cast<std::uint32_t>(std::min<std::uint64_t>(balance, most));
    if (amount == 0)
        return std::nullopt;
    TONGKA_CHECK(database_.change("UPDATE accounts SET balance = balance - ? WHERE name = ?", amount,
                                  std::string_view(entry.account)));
    TONGKA_CHECK(database_.change("INSERT INTO isam_sessions (isam, account, amount, until, terminal, state) "
                                  "VALUES (?, ?, ?, ?, ?, 'open')",
                                  BytesView(entry.serial), std::string_view(entry.account), amount, BytesView(until),
                                  BytesView(terminal)));
    TONGKA_TRY(auto made, session(entry.serial));
    TONGKA_CHECK(transaction.commit());
    return made;
}

Result<void> IsamBook::logged_in(std::uint32_t batch, const std::array<core::Byte, 6>& terminal) {
    TONGKA_CHECK(database_.change("UPDATE isam_sessions SET terminal = ? WHERE batch = ?", BytesView(terminal), batch));
    return {};
}

Result<void> IsamBook::opened(std::uint32_t batch, std::uint32_t serial) {
    TONGKA_CHECK(database_.change("UPDATE isam_sessions SET first_serial = ? WHERE batch = ? AND first_serial IS NULL",
                                  serial, batch));
    return {};
}

Result<void> IsamBook::closing(std::uint32_t batch, std::uint32_t serial, std::uint32_t remaining) {
    TONGKA_CHECK(database_.change("UPDATE isam_sessions SET state = 'closing', last_serial = ?, remaining = ? "
                                  "WHERE batch = ? AND state <> 'closed'",
                                  serial, remaining, batch));
    return {};
}

Result<void> IsamBook::close(std::uint32_t batch, const IsamSums& sums) {
    TONGKA_TRY(auto transaction, sql::Transaction::begin(database_));
    TONGKA_TRY(const int refunded,
               database_.change("UPDATE accounts SET balance = balance + "
                                "(SELECT amount - ?2 FROM isam_sessions WHERE batch = ?1) WHERE name = "
                                "(SELECT account FROM isam_sessions WHERE batch = ?1 AND state <> 'closed' "
                                "AND amount >= ?2)",
                                batch, sums.load_amount));
    if (refunded != 1)
        return core::fail("batch " + std::to_string(batch) + " has no open log-in that granted as much");
    TONGKA_CHECK(
        database_.change("UPDATE isam_sessions SET state = 'closed', remaining = amount - ?2, load_count = ?3, "
                         "load_amount = ?2, deposit_amount = ?4 WHERE batch = ?1",
                         batch, sums.load_amount, sums.load_count, sums.deposit_amount));
    return transaction.commit();
}

} // namespace tongka::simulator
