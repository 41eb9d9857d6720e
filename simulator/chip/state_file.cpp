#include "simulator/chip/state_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <sqlite3.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/crypto/sha256.hpp"

namespace tongka::simulator {
namespace {

using core::fail;
using core::Result;

namespace fs = std::filesystem;

constexpr std::uint32_t application = 0x544B5354; // "TKST", PRAGMA application_id
constexpr std::string_view schema = "CREATE TABLE state(identity BLOB NOT NULL, image BLOB, digest BLOB NOT NULL)";

struct State {
    std::string identity;
    std::optional<core::Bytes> image;
};

core::BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const core::Byte*>(text.data()), text.size()};
}

core::Digest digest_of(std::string_view identity, std::optional<core::BytesView> image) {
    core::Sha256 hash;
    hash.update(core::big_endian(identity.size(), 8));
    hash.update(bytes_of(identity));
    hash.update(core::big_endian(image ? 1 : 0, 1));
    hash.update(image.value_or(core::BytesView{}));
    return hash.finish();
}

std::string system_message(int code) {
    return std::generic_category().message(code);
}

/// What SQLite says of the failure that came last, as the rest of a line that begins with the path.
std::string failure(sqlite3* database) {
    const int code = sqlite3_extended_errcode(database);
    std::string message = sqlite3_errmsg(database);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
        return "is in use already, by another process or by this one";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return "is damaged: " + message;
    case SQLITE_READONLY:
        return code == SQLITE_READONLY_DBMOVED ? "is no longer where it was opened" : "is read-only";
    default:
        if (const int system = sqlite3_system_errno(database); system != 0)
            message += " (" + system_message(system) + ")";
        return message;
    }
}

struct Finish {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finish>;

core::Bytes blob(sqlite3_stmt* row, int column) {
    const auto* data = static_cast<const core::Byte*>(sqlite3_column_blob(row, column));
    return core::to_bytes({data, static_cast<std::size_t>(sqlite3_column_bytes(row, column))});
}

std::string text(sqlite3_stmt* row, int column) {
    const auto bytes = blob(row, column);
    return {bytes.begin(), bytes.end()};
}

void bind_blob(sqlite3_stmt* statement, int at, core::BytesView bytes) {
    // A null pointer would bind NULL.
    const void* data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
    sqlite3_bind_blob64(statement, at, data, bytes.size(), SQLITE_STATIC);
}

class TemporaryFolder {
public:
    static Result<TemporaryFolder> make() {
        std::error_code error;
        auto name = (fs::temp_directory_path(error) / "tongka-XXXXXX").string();
        if (error || ::mkdtemp(name.data()) == nullptr)
            return fail("cannot be checked in a copy: " + (error ? error.message() : system_message(errno)));
        return TemporaryFolder(std::move(name));
    }
    TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        if (!path_.empty())
            fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    explicit TemporaryFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

/// Refuses what SQLite would take for a new database, or could not write.
Result<void> check_usable(const fs::path& file) {
    std::error_code error;
    const auto status = fs::status(file, error);
    if (!fs::exists(status))
        return fail("cannot be opened: " + system_message(ENOENT));
    if (!fs::is_regular_file(status))
        return fail("is no regular file");
    if (fs::file_size(file, error) == 0 && !error)
        return fail("is empty, which a state file never is");
    constexpr auto write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    // access() lets root write where nobody is meant to.
    if ((status.permissions() & write) == fs::perms::none || ::access(file.c_str(), W_OK) != 0)
        return fail("is read-only");
    if (::access(file.parent_path().c_str(), W_OK) != 0)
        return fail("lies in a folder where its journal cannot be written: " + system_message(errno));
    return {};
}

/// Puts `content` under the name `file`, unless something has that name; on the disk when it returns. The name appears
/// when all of it is written: a process that is killed meanwhile leaves a file of another name, of no use.
Result<void> make_whole(const fs::path& file, core::BytesView content) {
    // The root of a user namespace could write where its user may not, and SQLite would refuse what it made.
    if (::access(file.parent_path().c_str(), W_OK) != 0)
        return fail("cannot be made: " + system_message(errno));
    auto name = file.string() + "-XXXXXX";
    const int made = ::mkstemp(name.data());
    if (made < 0)
        return fail("cannot be made: " + system_message(errno));
    int error = 0;
    for (auto left = content; !left.empty() && error == 0;) {
        const auto written = ::write(made, left.data(), left.size());
        if (written >= 0)
            left = left.subspan(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            error = errno;
    }
    if (error == 0 && ::fsync(made) != 0)
        error = errno;
    ::close(made);
    if (error == 0 && ::link(name.c_str(), file.c_str()) != 0 && errno != EEXIST)
        error = errno;
    ::unlink(name.c_str());
    if (error != 0)
        return fail("cannot be made: " + system_message(error));
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

} // namespace

class StateFile::Database {
public:
    /// As StateFile::open; errors without the path.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const fs::path& path, std::string_view identity) {
        std::error_code error;
        // An absolute name: none that SQLite gives a meaning of its own, such as ":memory:".
        const auto file = fs::absolute(path, error);
        if (error)
            return fail("cannot be opened: " + error.message());
        if (!fs::exists(file, error) && !error) {
            TONGKA_TRY(const auto content, blank(identity));
            // The journal of a file that was removed: SQLite would write it back into the new one.
            fs::remove(journal_of(file), error);
            TONGKA_CHECK(make_whole(file, content));
        }
        TONGKA_CHECK(check_usable(file));
        TONGKA_CHECK(check_without_writing(file, identity));

        auto database = std::make_unique<Database>(file.string(), SQLITE_OPEN_READWRITE);
        TONGKA_CHECK(database->check_header());
        TONGKA_CHECK(database->take());
        TONGKA_CHECK(database->check(identity));
        return database;
    }

    explicit Database(const std::string& name, int flags) {
        sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
        sqlite3_extended_result_codes(handle_, 1);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        replace_.reset();
        sqlite3_close(handle_);
    }

    /// The header says what the file is before SQLite takes any notice of it: these bytes never change once it is made,
    /// not even in a file that is half-written. https://sqlite.org/fileformat2.html#the_database_header
    [[nodiscard]] Result<void> check_header() {
        if (sqlite3_errcode(handle_) != SQLITE_OK)
            return fail(failure(handle_));
        std::array<core::Byte, 100> header{};
        sqlite3_file* file = nullptr;
        sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
        const int code = file->pMethods->xRead(file, header.data(), header.size(), 0);
        const core::BytesView view = header;
        const auto number = [&](std::size_t at) { return core::read_big_endian(view.subspan(at, 4)); };
        if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
            return fail(fmt::format("cannot be read: {}", sqlite3_errstr(code)));
        constexpr std::string_view magic("SQLite format 3\0", 16);
        if (code != SQLITE_OK || !core::equal(view.first(16), bytes_of(magic)) || number(68) != application)
            return fail("is no state file");
        if (const auto found = static_cast<std::int32_t>(number(60)); found != version)
            return fail(found > version
                            ? fmt::format("is of version {}; this program knows versions up to {}", found, version)
                            : fmt::format("is damaged: version {}", found));
        // With 2 here SQLite would make a write-ahead log beside it.
        if (header[18] != 1 || header[19] != 1)
            return fail("is damaged: it asks for a write-ahead log");
        return {};
    }

    /// Whether a process was killed while it wrote: what it left must be undone before the file can be read.
    [[nodiscard]] bool interrupted() {
        sqlite3_exec(handle_, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
        return sqlite3_extended_errcode(handle_) == SQLITE_READONLY_ROLLBACK;
    }

    [[nodiscard]] Result<void> check(std::string_view identity) {
        TONGKA_TRY(const auto integrity, column("PRAGMA integrity_check(1)"));
        if (integrity != std::vector<std::string>{"ok"}) {
            std::string what = integrity.empty() ? "" : integrity.front();
            std::ranges::replace(what, '\n', ' ');
            return fail("is damaged: " + what);
        }
        TONGKA_TRY(const auto tables, column("SELECT sql FROM sqlite_schema"));
        if (tables != std::vector{std::string(schema)})
            return fail("is damaged: its table is not as it was made");
        TONGKA_TRY(const auto state, read());
        if (state.identity != identity)
            return fail(fmt::format("belongs to {}, not to {}", state.identity, identity));
        return {};
    }

    [[nodiscard]] Result<State> read() {
        TONGKA_TRY(const auto row, prepare("SELECT identity, image, digest FROM state"));
        State state;
        core::Bytes digest;
        int rows = 0;
        int code = SQLITE_OK;
        for (; (code = sqlite3_step(row.get())) == SQLITE_ROW; ++rows) {
            state.identity = text(row.get(), 0);
            if (sqlite3_column_type(row.get(), 1) != SQLITE_NULL)
                state.image = blob(row.get(), 1);
            digest = blob(row.get(), 2);
        }
        if (code != SQLITE_DONE)
            return fail(failure(handle_));
        if (rows != 1 || !core::equal(digest, digest_of(state.identity, state.image)))
            return fail("is damaged: its digest does not fit its content");
        return state;
    }

    /// Locks the file until this is destroyed, and undoes what a killed process left half-written.
    [[nodiscard]] Result<void> take() {
        TONGKA_CHECK(run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; BEGIN EXCLUSIVE; COMMIT"));
        TONGKA_TRY(replace_, prepare("UPDATE state SET image = ?, digest = ?"));
        return {};
    }

    [[nodiscard]] Result<void> replace(std::string_view identity, core::BytesView image) {
        const auto digest = digest_of(identity, image);
        bind_blob(replace_.get(), 1, image);
        bind_blob(replace_.get(), 2, digest);
        const int code = sqlite3_step(replace_.get());
        auto done = code == SQLITE_DONE ? Result<void>() : fail(failure(handle_));
        sqlite3_reset(replace_.get());
        sqlite3_clear_bindings(replace_.get());
        return done;
    }

    /// The bytes of a new file.
    [[nodiscard]] static Result<core::Bytes> blank(std::string_view identity) {
        Database database(":memory:", SQLITE_OPEN_READWRITE);
        TONGKA_CHECK(database.run(
            fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; {}", application, version, schema)));
        TONGKA_TRY(const auto row, database.prepare("INSERT INTO state VALUES (?, NULL, ?)"));
        const auto digest = digest_of(identity, std::nullopt);
        bind_blob(row.get(), 1, bytes_of(identity));
        bind_blob(row.get(), 2, digest);
        if (sqlite3_step(row.get()) != SQLITE_DONE)
            return fail(failure(database.handle_));
        sqlite3_int64 size = 0;
        const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
            sqlite3_serialize(database.handle_, "main", &size, 0), sqlite3_free);
        if (!bytes)
            return fail("cannot be made: out of memory");
        return core::to_bytes({bytes.get(), static_cast<std::size_t>(size)});
    }

private:
    [[nodiscard]] static fs::path journal_of(const fs::path& file) { return file.string() + "-journal"; }

    [[nodiscard]] static Result<void> check_without_writing(const fs::path& file, std::string_view identity) {
        Database original(file.string(), SQLITE_OPEN_READONLY);
        TONGKA_CHECK(original.check_header());
        if (!original.interrupted())
            return original.check(identity);

        TONGKA_TRY(const auto folder, TemporaryFolder::make());
        const auto copy = folder.path() / "state";
        // SQLite's own name of it: where `file` is a link, the journal lies beside what it leads to.
        const fs::path name = sqlite3_db_filename(original.handle_, "main");
        std::error_code error;
        fs::copy_file(name, copy, error);
        if (!error)
            fs::copy_file(journal_of(name), journal_of(copy), error);
        if (error)
            return fail("cannot be checked in a copy: " + error.message());
        return Database(copy.string(), SQLITE_OPEN_READWRITE).check(identity);
    }

    [[nodiscard]] Result<void> run(const std::string& sql) {
        if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return fail(failure(handle_));
        return {};
    }

    [[nodiscard]] Result<Statement> prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) != SQLITE_OK)
            return fail(failure(handle_));
        return Statement(statement);
    }

    [[nodiscard]] Result<std::vector<std::string>> column(const char* sql) {
        TONGKA_TRY(const auto row, prepare(sql));
        std::vector<std::string> values;
        int code = SQLITE_OK;
        while ((code = sqlite3_step(row.get())) == SQLITE_ROW)
            values.push_back(text(row.get(), 0));
        if (code != SQLITE_DONE)
            return fail(failure(handle_));
        return values;
    }

    sqlite3* handle_ = nullptr;
    Statement replace_;
};

StateFile::StateFile(std::string path, std::string identity, std::unique_ptr<Database> database)
    : path_(std::move(path)), identity_(std::move(identity)), database_(std::move(database)) {}
StateFile::StateFile(StateFile&&) noexcept = default;
StateFile& StateFile::operator=(StateFile&&) noexcept = default;
StateFile::~StateFile() = default;

Result<StateFile> StateFile::open(const fs::path& path, std::string_view identity) {
    auto database = Database::open(path, identity);
    if (!database)
        return fail(database.error().at(path.string()));
    return StateFile(path.string(), std::string(identity), *std::move(database));
}

Result<std::optional<core::Bytes>> StateFile::load() {
    auto state = database_->read();
    if (!state)
        return fail(state.error().at(path_));
    return std::move(state->image);
}

Result<void> StateFile::save(core::BytesView image) {
    if (auto saved = database_->replace(identity_, image); !saved)
        return fail(saved.error().at(path_));
    return {};
}

} // namespace tongka::simulator
