#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

/// A book in an SQLite file that one process at a time has open. Every error is one line that begins with its path.
namespace tongka::simulator::sql {

class Database;

/// A prepared statement with its values; rows come one by one.
class Statement {
public:
    Statement(const Database& database, sqlite3_stmt* statement) : database_(&database), statement_(statement) {}

    /// True: there is a row to read. False: it is done.
    [[nodiscard]] core::Result<bool> step();

    [[nodiscard]] bool null(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] core::Bytes blob(int column) const;
    [[nodiscard]] std::string text(int column) const;

    void bind(int at, std::integral auto value) { bind_number(at, static_cast<std::int64_t>(value)); }
    void bind(int at, core::BytesView value);
    void bind(int at, std::string_view value);

private:
    void bind_number(int at, std::int64_t value);

    struct Finish {
        void operator()(sqlite3_stmt* statement) const;
    };
    const Database* database_;
    std::unique_ptr<sqlite3_stmt, Finish> statement_;
};

/// What a file is told by: PRAGMA application_id, user_version, and the tables it is made with.
struct Make {
    std::string_view name; ///< for errors: "account book"
    std::uint32_t application;
    int version;
    std::string_view schema;           ///< CREATE statements, each closed by a semicolon
    std::chrono::milliseconds wait{0}; ///< at most, for another process that has the file open
};

class Database {
public:
    /// Opens the file, or makes it (readable by its owner alone) where there is none; it appears under its name when it
    /// is whole. What a killed process left half-written is undone. Refused: a file in use (still, after
    /// the wait), of another make or version, or damaged.
    [[nodiscard]] static core::Result<std::unique_ptr<Database>> open(const std::filesystem::path& path,
                                                                      const Make& make);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// A statement with values for its question marks, in their order.
    [[nodiscard]] core::Result<Statement> prepare(std::string_view sql, const auto&... values) {
        TONGKA_TRY(auto statement, compile(sql));
        [[maybe_unused]] int at = 0;
        (statement.bind(++at, values), ...);
        return statement;
    }

    /// Runs a statement without rows; how many rows it changed.
    [[nodiscard]] core::Result<int> change(std::string_view sql, const auto&... values) {
        TONGKA_TRY(auto statement, prepare(sql, values...));
        TONGKA_CHECK(finish(statement));
        return changes();
    }

    /// What SQLite says of the failure that came last.
    [[nodiscard]] core::Error failure() const;

private:
    explicit Database(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] static core::Result<void> make_file(const std::filesystem::path& file, const Make& make);
    [[nodiscard]] core::Result<void> connect(const std::filesystem::path& file, std::chrono::milliseconds wait);
    [[nodiscard]] core::Result<void> check(const Make& make);
    [[nodiscard]] core::Result<void> run(const std::string& script);
    [[nodiscard]] core::Result<Statement> compile(std::string_view sql);
    [[nodiscard]] static core::Result<void> finish(Statement& statement);
    [[nodiscard]] int changes() const;

    friend class Transaction;

    std::string path_;
    sqlite3* handle_ = nullptr;
};

/// Changes that happen whole or, without commit(), not at all. What commit() has returned for is on the disk.
class Transaction {
public:
    [[nodiscard]] static core::Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    [[nodiscard]] core::Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

} // namespace tongka::simulator::sql
