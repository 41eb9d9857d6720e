#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "core/crypto/sha256.hpp"
#include "core/result.hpp"
#include "harness/run/file_syncer.hpp"
#include "harness/run/json_line.hpp"

namespace tongka::harness {

using Json = nlohmann::ordered_json;

/// How far a record that was cut off goes: its whole lines.
struct RecordEnd {
    std::uint64_t size = 0;       ///< of the whole lines, in bytes
    bool without_feed = false;    ///< the last of them lacks its line feed
    std::string last_sha256 = {}; ///< of the last of them
};

/// Writes `record.jsonl` (docs/record.md): each line holds the SHA-256 of the line before it. While it lives, no other
/// writer can have the file.
class RecordWriter {
public:
    /// Makes a new file; an Error where there is one already, or where it cannot be made.
    [[nodiscard]] static core::Result<RecordWriter> create(const std::filesystem::path& path);

    /// Goes on with a record that was cut off; the pieces of a line behind its end are taken away. An Error where
    /// another writer has it still.
    [[nodiscard]] static core::Result<RecordWriter> go_on(const std::filesystem::path& path, const RecordEnd& end);

    /// Keeps nothing: for a run of which verdicts alone are wanted.
    [[nodiscard]] static RecordWriter none() { return RecordWriter({}, nullptr); }
    [[nodiscard]] bool keeps() const { return file_ != nullptr; }

    /// Appends a line; `members` is an object whose first member is `kind`.
    void append(const Json& members);
    void append(JsonLine line);

    /// Hands all lines to the system, which survives the end of this process, and has them brought to the disk, which
    /// survives that of the machine, beside the work. An Error where any of them could not be written.
    [[nodiscard]] core::Result<void> flush();

    /// The same, and waits for the disk.
    [[nodiscard]] core::Result<void> sync();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    RecordWriter(std::filesystem::path path, std::FILE* file);
    void append_line(std::string line);
    [[nodiscard]] core::Result<void> lock();
    [[nodiscard]] core::Error failure(int code) const;

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::unique_ptr<FileSyncer> syncer_; ///< goes before the file it syncs
    core::Sha256 hash_;
    std::string previous_ = std::string(64, '0');
    int failed_ = 0; ///< errno
};

} // namespace tongka::harness
