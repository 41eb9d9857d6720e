#include "simulator/issuer/host/accounts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "simulator/issuer/host/sql.hpp"

namespace tongka::simulator {
namespace {

using core::fail;
using core::Result;

constexpr std::uint64_t most_money = std::uint64_t{1} << 53;

// SQLite keeps each CREATE statement as it was written, and the file is checked against them.
constexpr sql::Make account_book{
    "account book", 0x544B4143, // "TKAC"
    2,
    "CREATE TABLE accounts(name TEXT PRIMARY KEY NOT NULL, balance INTEGER NOT NULL CHECK (balance >= 0)) STRICT; "
    "CREATE TABLE cards(asn BLOB PRIMARY KEY NOT NULL, city BLOB NOT NULL, generation INTEGER NOT NULL, "
    "account TEXT NOT NULL REFERENCES accounts, blocked INTEGER NOT NULL, wrong_mac1 INTEGER NOT NULL DEFAULT 0) "
    "STRICT; "
    "CREATE TABLE loads(id INTEGER PRIMARY KEY, asn BLOB NOT NULL REFERENCES cards, type INTEGER NOT NULL, "
    "counter INTEGER NOT NULL, random BLOB NOT NULL, key_index INTEGER NOT NULL, key_version INTEGER NOT NULL, "
    "algorithm INTEGER NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), terminal BLOB NOT NULL, "
    "date_time BLOB NOT NULL, old_balance INTEGER NOT NULL, challenge BLOB NOT NULL, "
    "account TEXT NOT NULL REFERENCES accounts, "
    "state TEXT NOT NULL CHECK (state IN ('authorised', 'booked', 'cancelled', 'disputed')), "
    "new_balance INTEGER CHECK ((new_balance IS NOT NULL) = (state = 'booked')), "
    "tac BLOB CHECK ((tac IS NOT NULL) = (state = 'booked')), UNIQUE (asn, type, counter, random)) STRICT; "
    "CREATE UNIQUE INDEX one_of_a_counter ON loads(asn, type, counter) WHERE state <> 'cancelled'; "
    "CREATE UNIQUE INDEX one_open ON loads(asn, type) WHERE state IN ('authorised', 'disputed'); "
    "CREATE TABLE authorisations(id INTEGER PRIMARY KEY, asn BLOB NOT NULL, type INTEGER NOT NULL, "
    "counter INTEGER NOT NULL, random BLOB NOT NULL, UNIQUE (asn, type, counter, random)) STRICT; "
    "CREATE TABLE terminals(number BLOB PRIMARY KEY NOT NULL, sequence INTEGER NOT NULL DEFAULT 0, request BLOB, "
    "answer BLOB, wrong_mac INTEGER NOT NULL DEFAULT 0) STRICT; "
    "CREATE TABLE isams(serial BLOB PRIMARY KEY NOT NULL, account TEXT NOT NULL REFERENCES accounts, "
    "most INTEGER NOT NULL CHECK (most > 0), blocked INTEGER NOT NULL) STRICT; "
    "CREATE TABLE isam_sessions(batch INTEGER PRIMARY KEY, isam BLOB NOT NULL REFERENCES isams, "
    "account TEXT NOT NULL REFERENCES accounts, amount INTEGER NOT NULL CHECK (amount > 0), until BLOB NOT NULL, "
    "terminal BLOB NOT NULL, "
    "state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'closed')), first_serial INTEGER, last_serial INTEGER, "
    "remaining INTEGER CHECK ((remaining IS NULL) = (state = 'open')), "
    "load_count INTEGER, load_amount INTEGER CHECK ((load_amount IS NOT NULL) = (state = 'closed')), "
    "deposit_amount INTEGER) STRICT;"};

constexpr std::string_view select_load =
    "SELECT asn, type, counter, random, key_index, key_version, algorithm, amount, terminal, date_time, old_balance, "
    "challenge, state, new_balance, tac FROM loads ";
constexpr std::string_view of_one_card = " WHERE asn = ? AND type = ?";
constexpr std::string_view that_is_open =
    " WHERE asn = ? AND type = ? AND counter = ? AND state IN ('authorised', 'disputed')";

std::string operator+(std::string_view a, std::string_view b) {
    return fmt::format("{}{}", a, b);
}

template <std::size_t size>
std::array<core::Byte, size> fixed(const core::Bytes& bytes) {
    std::array<core::Byte, size> array{};
    std::copy_n(bytes.begin(), std::min(size, bytes.size()), array.begin());
    return array;
}

LoadState state_of(std::string_view name) {
    if (name == "authorised")
        return LoadState::authorised;
    if (name == "booked")
        return LoadState::booked;
    return name == "cancelled" ? LoadState::cancelled : LoadState::disputed;
}

Load read_load(const sql::Statement& row) {
    const auto byte = [&](int column) { return static_cast<core::Byte>(row.number(column)); };
    const auto amount = [&](int column) { return static_cast<std::uint32_t>(row.number(column)); };
    Load load{
        .name = {.asn = fixed<8>(row.blob(0)), .type = byte(1), .counter = static_cast<std::uint16_t>(row.number(2))},
        .random = fixed<4>(row.blob(3)),
        .key_index = byte(4),
        .key_version = byte(5),
        .algorithm = byte(6),
        .amount = amount(7),
        .terminal = fixed<6>(row.blob(8)),
        .date_time = fixed<7>(row.blob(9)),
        .old_balance = amount(10),
        .challenge = fixed<6>(row.blob(11)),
        .state = state_of(row.text(12))};
    if (load.state == LoadState::booked) {
        load.new_balance = amount(13);
        load.tac = fixed<4>(row.blob(14));
    }
    return load;
}

Result<std::optional<Load>> read_one(sql::Statement row) {
    TONGKA_TRY(const bool found, row.step());
    if (!found)
        return std::nullopt;
    return read_load(row);
}

bool same_content(const Load& a, const Load& b) {
    return a.key_index == b.key_index && a.key_version == b.key_version && a.algorithm == b.algorithm &&
           a.amount == b.amount && a.terminal == b.terminal && a.old_balance == b.old_balance;
}

/// What a request for a load that stands in the book comes to.
Decision<Load> again(const Load& stored, const Load& asked) {
    if (!same_content(stored, asked))
        return Refusal::other_content;
    if (stored.open())
        return stored;
    return stored.state == LoadState::booked ? Refusal::load_booked : Refusal::load_cancelled;
}

} // namespace

Accounts::Accounts(std::string path, std::unique_ptr<sql::Database> database)
    : path_(std::move(path)), database_(std::move(database)) {}
Accounts::Accounts(Accounts&&) noexcept = default;
Accounts& Accounts::operator=(Accounts&&) noexcept = default;
Accounts::~Accounts() = default;

core::Error Accounts::error(std::string message) const {
    return core::Error{std::move(message)}.at(path_);
}

Result<Accounts> Accounts::open(const std::filesystem::path& path) {
    TONGKA_TRY(auto database, sql::Database::open(path, account_book));
    return Accounts(path.string(), std::move(database));
}

Result<void> Accounts::add_account(std::string_view name, std::uint64_t balance) {
    if (balance > most_money)
        return fail(error(fmt::format("account '{}' cannot hold more than {} fen", name, most_money)));
    TONGKA_TRY(const int added, database_->change("INSERT OR IGNORE INTO accounts VALUES (?, ?)", name, balance));
    if (added == 0)
        return fail(error(fmt::format("there is an account '{}' already", name)));
    return {};
}

Result<void> Accounts::deposit(std::string_view name, std::uint64_t amount) {
    TONGKA_TRY(const auto before, balance(name));
    if (amount > most_money || before + amount > most_money)
        return fail(error(fmt::format("account '{}' cannot hold more than {} fen", name, most_money)));
    TONGKA_CHECK(
        database_->change("UPDATE accounts SET balance = balance + ? WHERE name = ?", amount, name).map([](int) {}));
    return {};
}

Result<std::uint64_t> Accounts::balance(std::string_view name) {
    TONGKA_TRY(auto row, database_->prepare("SELECT balance FROM accounts WHERE name = ?", name));
    TONGKA_TRY(const bool found, row.step());
    if (!found)
        return fail(error(fmt::format("there is no account '{}'", name)));
    return static_cast<std::uint64_t>(row.number(0));
}

Result<void> Accounts::add_card(const CardEntry& card) {
    TONGKA_CHECK(balance(card.account));
    TONGKA_TRY(const int added,
               database_->change("INSERT OR IGNORE INTO cards VALUES (?, ?, ?, ?, ?, ?)", core::BytesView(card.asn),
                                 core::BytesView(card.city), card.generation, std::string_view(card.account),
                                 card.blocked, card.wrong_mac1));
    if (added == 0)
        return fail(error(fmt::format("card {} is there already", core::to_hex(card.asn))));
    return {};
}

Result<void> Accounts::set_blocked(const Asn& asn, bool blocked) {
    TONGKA_TRY(const int changed,
               database_->change("UPDATE cards SET blocked = ? WHERE asn = ?", blocked, core::BytesView(asn)));
    if (changed == 0)
        return fail(error(fmt::format("there is no card {}", core::to_hex(asn))));
    return {};
}

Result<std::optional<CardEntry>> Accounts::card(const Asn& asn) {
    TONGKA_TRY(auto row,
               database_->prepare("SELECT city, generation, account, blocked, wrong_mac1 FROM cards WHERE asn = ?",
                                  core::BytesView(asn)));
    TONGKA_TRY(const bool found, row.step());
    if (!found)
        return std::nullopt;
    return CardEntry{.asn = asn,
                     .city = fixed<2>(row.blob(0)),
                     .generation = static_cast<core::Byte>(row.number(1)),
                     .account = row.text(2),
                     .blocked = row.number(3) != 0,
                     .wrong_mac1 = static_cast<std::uint64_t>(row.number(4))};
}

Result<void> Accounts::count_wrong_mac1(const Asn& asn) {
    TONGKA_TRY(const int changed,
               database_->change("UPDATE cards SET wrong_mac1 = wrong_mac1 + 1 WHERE asn = ?", core::BytesView(asn)));
    if (changed == 0)
        return fail(error(fmt::format("there is no card {}", core::to_hex(asn))));
    return {};
}

Result<Decision<Load>> Accounts::hold(const Load& load) {
    const core::BytesView asn = load.name.asn;
    TONGKA_TRY(auto transaction, sql::Transaction::begin(*database_));

    TONGKA_TRY(auto same, database_->prepare(select_load + of_one_card + " AND counter = ? AND random = ?", asn,
                                             load.name.type, load.name.counter, core::BytesView(load.random)));
    TONGKA_TRY(const auto stored, read_one(std::move(same)));
    if (stored)
        return again(*stored, load);
    TONGKA_TRY(const auto other, open_load(load.name.asn, load.name.type));
    if (other)
        return Refusal::load_open;
    TONGKA_TRY(auto later,
               database_->prepare(select_load + of_one_card + " AND counter >= ? AND state = 'booked' LIMIT 1", asn,
                                  load.name.type, load.name.counter));
    TONGKA_TRY(const auto used, read_one(std::move(later)));
    if (used)
        return Refusal::counter_used;

    TONGKA_TRY(const int paid, database_->change("UPDATE accounts SET balance = balance - ?1 WHERE balance >= ?1 AND "
                                                 "name = (SELECT account FROM cards WHERE asn = ?2)",
                                                 load.amount, asn));
    if (paid == 0)
        return Refusal::not_enough_money;
    TONGKA_TRY(const int added,
               database_->change("INSERT INTO loads SELECT NULL, asn, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                                 "account, 'authorised', NULL, NULL FROM cards WHERE asn = ?1",
                                 asn, load.name.type, load.name.counter, core::BytesView(load.random), load.key_index,
                                 load.key_version, load.algorithm, load.amount, core::BytesView(load.terminal),
                                 core::BytesView(load.date_time), load.old_balance, core::BytesView(load.challenge)));
    if (added != 1)
        return fail(error(fmt::format("there is no card {}", core::to_hex(asn))));
    TONGKA_CHECK(transaction.commit());
    return load;
}

Result<std::optional<Load>> Accounts::find(const LoadName& name) {
    TONGKA_TRY(auto row, database_->prepare(select_load + of_one_card +
                                                " AND counter = ? ORDER BY state = 'cancelled', id DESC LIMIT 1",
                                            core::BytesView(name.asn), name.type, name.counter));
    return read_one(std::move(row));
}

Result<std::optional<Load>> Accounts::open_load(const Asn& asn, core::Byte type) {
    TONGKA_TRY(auto row, database_->prepare(select_load + of_one_card + " AND state IN ('authorised', 'disputed')",
                                            core::BytesView(asn), type));
    return read_one(std::move(row));
}

Result<std::vector<Load>> Accounts::loads(const Asn& asn) {
    TONGKA_TRY(auto row, database_->prepare(select_load + "WHERE asn = ? ORDER BY id", core::BytesView(asn)));
    std::vector<Load> all;
    while (true) {
        TONGKA_TRY(const bool found, row.step());
        if (!found)
            return all;
        all.push_back(read_load(row));
    }
}

namespace {

Result<void> only_one(Result<int> changed, const core::Error& otherwise) {
    if (!changed)
        return fail(changed.error());
    if (*changed != 1)
        return fail(otherwise);
    return {};
}

core::Error not_open(const LoadName& name) {
    return {fmt::format("card {} has no open load {:02X} with counter {:04X}", core::to_hex(name.asn), name.type,
                        name.counter)};
}

} // namespace

Result<void> Accounts::book(const LoadName& name, const core::Mac& tac, std::uint32_t new_balance) {
    return only_one(database_->change("UPDATE loads SET state = 'booked', tac = ?, new_balance = ?" + that_is_open,
                                      core::BytesView(tac), new_balance, core::BytesView(name.asn), name.type,
                                      name.counter),
                    not_open(name).at(path_));
}

Result<void> Accounts::dispute(const LoadName& name) {
    return only_one(database_->change("UPDATE loads SET state = 'disputed'" + that_is_open, core::BytesView(name.asn),
                                      name.type, name.counter),
                    not_open(name).at(path_));
}

Result<void> Accounts::cancel(const LoadName& name) {
    const core::BytesView asn = name.asn;
    TONGKA_TRY(auto transaction, sql::Transaction::begin(*database_));
    const auto of_load = [&](std::string_view column) {
        return "(SELECT " + column + " FROM loads" + that_is_open + ")";
    };
    TONGKA_CHECK(only_one(database_->change("UPDATE accounts SET balance = balance + " + of_load("amount") +
                                                " WHERE name = " + of_load("account"),
                                            asn, name.type, name.counter, asn, name.type, name.counter),
                          not_open(name).at(path_)));
    TONGKA_CHECK(
        only_one(database_->change("UPDATE loads SET state = 'cancelled'" + that_is_open, asn, name.type, name.counter),
                 not_open(name).at(path_)));
    return transaction.commit();
}

Result<Totals> Accounts::totals() {
    TONGKA_TRY(auto row, database_->prepare(
                             "SELECT (SELECT coalesce(sum(balance), 0) FROM accounts),"
                             "(SELECT coalesce(sum(amount), 0) FROM loads WHERE state IN ('authorised', 'disputed')) + "
                             "(SELECT coalesce(sum(amount), 0) FROM isam_sessions WHERE state <> 'closed'),"
                             "(SELECT coalesce(sum(amount), 0) FROM loads WHERE state = 'booked') + "
                             "(SELECT coalesce(sum(load_amount), 0) FROM isam_sessions)"));
    TONGKA_CHECK(row.step());
    const auto sum = [&](int column) { return static_cast<std::uint64_t>(row.number(column)); };
    return Totals{.accounts = sum(0), .held = sum(1), .booked = sum(2)};
}

} // namespace tongka::simulator
