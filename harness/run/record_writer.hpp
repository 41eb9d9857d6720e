#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "core/crypto/sha256.hpp"
#include "core/result.hpp"
#include "harness/run/json_line.hpp"

namespace tongka::harness {

using Json = nlohmann::ordered_json;

/// Writes `record.jsonl` (docs/record.md): each line holds the SHA-256 of the line before it.
class RecordWriter {
public:
    /// Makes a new file; an Error where there is one already, or where it cannot be made.
    [[nodiscard]] static core::Result<RecordWriter> create(const std::filesystem::path& path);

    /// Keeps nothing: for a run of which verdicts alone are wanted.
    [[nodiscard]] static RecordWriter none() { return RecordWriter({}, nullptr); }
    [[nodiscard]] bool keeps() const { return file_ != nullptr; }

    /// Appends a line; `members` is an object whose first member is `kind`.
    void append(const Json& members);
    void append(JsonLine line);

    /// Hands all lines to the system. An Error where any of them could not be written.
    [[nodiscard]] core::Result<void> flush();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    void append_line(std::string line);
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    RecordWriter(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, Close> file_;
    core::Sha256 hash_;
    std::string previous_ = std::string(64, '0');
    bool failed_ = false;
};

} // namespace tongka::harness
