#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// Where a chip's memory is kept from one process to the next: an SQLite database of one table with one row, which
/// holds whose state it is, the image that was saved last, and the SHA-256 of both.
///
/// One StateFile at a time has a file open, in this process or any other; it may be moved, but is not to be used by two
/// threads at once, nor by a process that was forked off while it was open. Beside FILE there is `FILE-journal` while
/// it is open, and also after a process that was killed: it belongs to the file, and goes where the file goes.
///
/// Every error is one line that begins with the path.
class StateFile {
public:
    /// What PRAGMA user_version of the file says; a file with a higher one is of a newer program.
    static constexpr int version = 1;

    /// Opens the file, or makes it (readable by its owner alone) where there is none. `identity` is one line that says
    /// what the state belongs to, such as device kind, profile name and digest.
    ///
    /// Refused, and no byte of it changed: a file that is in use, read-only, empty, no state file, of another version,
    /// cut or altered, or of another identity. What a killed process left half-written is undone, first in a copy in
    /// the folder for temporary files: where the rest is damaged, the file itself stays as it was.
    [[nodiscard]] static core::Result<StateFile> open(const std::filesystem::path& path, std::string_view identity);

    /// The image that was saved last; nothing where none was saved yet.
    [[nodiscard]] core::Result<std::optional<core::Bytes>> load();

    /// Replaces the image, whole or not at all, whatever happens to process or machine: once this has returned, the new
    /// one is on the disk (as far as fsync can say). After an error the file holds the image of before, and a later
    /// save may succeed. An image takes at most 1,000,000,000 bytes (SQLITE_MAX_LENGTH).
    [[nodiscard]] core::Result<void> save(core::BytesView image);

    StateFile(StateFile&&) noexcept;
    StateFile& operator=(StateFile&&) noexcept;
    ~StateFile();

private:
    class Database;

    StateFile(std::string path, std::string identity, std::unique_ptr<Database> database);

    std::string path_;
    std::string identity_;
    std::unique_ptr<Database> database_;
};

} // namespace tongka::simulator
