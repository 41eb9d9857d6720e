#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace tongka::reports {

/// A stretch of whole lines in a record file.
struct Span {
    std::uint64_t offset = 0;   ///< of its first byte
    std::uint64_t size = 0;     ///< bytes, line feeds included
    std::size_t first_line = 0; ///< counted from 1
};

/// One line of a record (docs/record.md). It lives only while it is visited.
struct RecordLine {
    Span span;
    const std::string& kind;
    const nlohmann::json& value;
};

/// What a whole record showed of itself.
struct RecordState {
    std::size_t lines = 0;
    std::string last_sha256;   ///< of the last whole line: names this very record
    bool torn = false;         ///< its last line was cut off while it was written, and is left out
    std::uint64_t size = 0;    ///< of its whole lines, in bytes
    bool without_feed = false; ///< the last whole line lacks its line feed
};

/// Returns an Error that knows no place; the reader adds `record.jsonl:LINE: `.
using RecordVisitor = std::function<core::Result<void>(const RecordLine&)>;

/// Reads a record line by line, in memory that does not grow with it, and holds each line against the hash that the
/// next one gives of it. A last line without its line feed that does not read is cut off, which is tolerated. A line
/// that was altered, does not read, or whose members have the wrong type is an Error that names it; a file without a
/// header of a format we know is refused. No later line vouches for the last one.
[[nodiscard]] core::Result<RecordState> read_record(const std::filesystem::path& file, const RecordVisitor& visit);

/// Goes back to stretches of a record that read_record has seen.
class RecordPieces {
public:
    [[nodiscard]] static core::Result<RecordPieces> open(const std::filesystem::path& file);
    [[nodiscard]] core::Result<void> visit(Span span, const RecordVisitor& visit);

private:
    RecordPieces(std::string name, std::ifstream file) : name_(std::move(name)), file_(std::move(file)) {}

    std::string name_;
    std::ifstream file_;
};

} // namespace tongka::reports
