#include "simulator/issuer/host/sql.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sqlite3.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace tongka::simulator::sql {
namespace {

using core::fail;
using core::Result;

namespace fs = std::filesystem;

std::string system_message(int code) {
    return std::generic_category().message(code);
}

/// The header tells what the file is before SQLite takes notice of it; these bytes never change once it is made, not
/// even in a file that is half-written. https://sqlite.org/fileformat2.html#the_database_header
Result<void> check_header(const fs::path& file, const Make& make) {
    if (!fs::is_regular_file(file))
        return fail("is no regular file");
    std::array<char, 100> text{};
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail("cannot be read: " + system_message(errno));
    in.read(text.data(), text.size());
    core::Bytes header(text.begin(), text.end());
    const auto number = [&](std::size_t at) { return core::read_big_endian(core::BytesView(header).subspan(at, 4)); };
    constexpr std::string_view magic("SQLite format 3\0", 16);
    if (!in || std::string_view(text.data(), magic.size()) != magic || number(68) != make.application)
        return fail(fmt::format("is no {}", make.name));
    if (const auto found = static_cast<std::int32_t>(number(60)); found != make.version)
        return fail(fmt::format("is of version {}; this program knows version {}", found, make.version));
    if (header[18] != 1 || header[19] != 1) // 2: a write-ahead log
        return fail("is damaged: it asks for a write-ahead log");
    return {};
}

} // namespace

void Statement::Finish::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return fail(database_->failure());
    return code == SQLITE_ROW;
}

bool Statement::null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

core::Bytes Statement::blob(int column) const {
    const auto* data = static_cast<const core::Byte*>(sqlite3_column_blob(statement_.get(), column));
    return core::to_bytes({data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))});
}

std::string Statement::text(int column) const {
    const auto bytes = blob(column);
    return {bytes.begin(), bytes.end()};
}

void Statement::bind_number(int at, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), at, value);
}

void Statement::bind(int at, core::BytesView value) {
    sqlite3_bind_blob64(statement_.get(), at, value.empty() ? "" : static_cast<const void*>(value.data()), value.size(),
                        SQLITE_TRANSIENT);
}

void Statement::bind(int at, std::string_view value) {
    sqlite3_bind_text64(statement_.get(), at, value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& path, const Make& make) {
    std::error_code error;
    // An absolute name: none that SQLite gives a meaning of its own, such as ":memory:".
    const auto file = fs::absolute(path, error);
    const auto refused = [&](const core::Error& why) { return fail(why.at(path.string())); };
    if (error)
        return refused({"cannot be opened: " + error.message()});
    if (!fs::exists(file, error)) {
        // The journal of a file that was removed: SQLite would write it back into the new one.
        fs::remove(file.string() + "-journal", error);
        if (auto made = make_file(file, make); !made)
            return refused(made.error());
    }
    if (auto right = check_header(file, make); !right)
        return refused(right.error());
    std::unique_ptr<Database> database(new Database(path.string()));
    TONGKA_CHECK(database->connect(file, make.wait));
    TONGKA_CHECK(database->check(make));
    return database;
}

Database::~Database() {
    sqlite3_close(handle_);
}

core::Error Database::failure() const {
    const int code = sqlite3_extended_errcode(handle_);
    std::string message = sqlite3_errmsg(handle_);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
        message = "is in use already, by another process or by this one";
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        message = "is damaged: " + message;
        break;
    case SQLITE_READONLY:
        message = code == SQLITE_READONLY_DBMOVED ? "is no longer where it was opened" : "is read-only";
        break;
    default:
        if (const int system = sqlite3_system_errno(handle_); system != 0)
            message += " (" + system_message(system) + ")";
    }
    return core::Error{message}.at(path_);
}

Result<void> Database::make_file(const fs::path& file, const Make& make) {
    auto name = file.string() + "-XXXXXX";
    const int made = ::mkstemp(name.data()); // mode 0600
    if (made < 0)
        return fail("cannot be made: " + system_message(errno));
    ::close(made);
    const auto fill = [&]() -> Result<void> {
        Database database(name);
        TONGKA_CHECK(database.connect(name, make.wait));
        return database.run(fmt::format("BEGIN; PRAGMA application_id={}; PRAGMA user_version={}; {} COMMIT",
                                        make.application, make.version, make.schema));
    };
    const auto filled = fill();
    const bool linked = filled && (::link(name.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const int error = errno;
    ::unlink(name.c_str());
    if (!filled)
        return filled;
    if (!linked)
        return fail("cannot be made: " + system_message(error));
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

Result<void> Database::connect(const fs::path& file, std::chrono::milliseconds wait) {
    const int code = sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_extended_result_codes(handle_, 1);
    if (code != SQLITE_OK)
        return fail(failure());
    sqlite3_busy_timeout(handle_, static_cast<int>(wait.count()));
    // The locking mode changes once the lock is there: with it, two that wait would keep each other's way shut.
    return run("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
               "BEGIN EXCLUSIVE; PRAGMA locking_mode=EXCLUSIVE; COMMIT");
}

Result<void> Database::check(const Make& make) {
    TONGKA_TRY(auto integrity, prepare("PRAGMA integrity_check(1)"));
    TONGKA_TRY(const bool answered, integrity.step());
    if (!answered || integrity.text(0) != "ok")
        return fail(core::Error{"is damaged: " + (answered ? integrity.text(0) : "no answer")}.at(path_));
    TONGKA_TRY(auto tables, prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"));
    std::string schema;
    while (true) {
        TONGKA_TRY(const bool row, tables.step());
        if (!row)
            break;
        schema += tables.text(0) + "; ";
    }
    if (schema != std::string(make.schema) + " ")
        return fail(core::Error{"is damaged: its tables are not as they were made"}.at(path_));
    return {};
}

Result<void> Database::run(const std::string& script) {
    if (sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(failure());
    return {};
}

Result<Statement> Database::compile(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK)
        return fail(failure());
    return Statement(*this, statement);
}

Result<void> Database::finish(Statement& statement) {
    TONGKA_CHECK(statement.step());
    return {};
}

int Database::changes() const {
    return sqlite3_changes(handle_);
}

Result<Transaction> Transaction::begin(Database& database) {
    TONGKA_CHECK(database.run("BEGIN EXCLUSIVE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    // A failed ROLLBACK means that SQLite has rolled back by itself.
    if (database_ != nullptr)
        (void)database_->run("ROLLBACK");
}

Result<void> Transaction::commit() {
    TONGKA_CHECK(database_->run("COMMIT"));
    database_ = nullptr;
    return {};
}

} // namespace tongka::simulator::sql
