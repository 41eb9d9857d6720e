#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/clearing/layout.hpp"
#include "harness/clearing/piece_source.hpp"
#include "harness/clearing/transaction.hpp"

namespace tongka::harness::clearing {

/// What sort of fault it is.
enum class FaultKind : std::uint8_t {
    file,          ///< no end mark, an end before the header's, a column that is none
    name,          ///< of the file
    line_end,      ///< missing in the last line too
    length,        ///< of a line
    encoding,      ///< a byte of no character
    number,        ///< a field that does not hold what its type says
    date,          ///< one that does not exist
    constant,      ///< a field that must be something else
    count,         ///< another one than is told
    sum,           ///< the same
    record_length, ///< as the header tells it
    city,          ///< of header and name
    crc,
    too_many, ///< more records than a file can have
};

/// What is wrong with a line (of a binary file: a record), or with the file (line 0).
struct Fault {
    std::uint32_t file = 0;
    std::uint32_t line = 0;   ///< from 1
    std::uint64_t offset = 0; ///< in the file
    std::string field;        ///< empty where it is the line as a whole
    std::string reason;
    bool is_record = false; ///< the line is a record, and set aside; else it is of the header, the tail or the file
    std::string text = {};  ///< the line as it stood, or its beginning; in hexadecimal where the file is binary
    FaultKind kind = FaultKind::file;

    /// `line 7, field tac: '12G4' is not hexadecimal`.
    [[nodiscard]] std::string message() const;
};

/// Takes each Fault as it is found: a file may be rubbish from end to end, and larger than memory.
using FaultSink = std::function<void(Fault)>;

/// A sink that keeps them all, for files that are known to be small.
[[nodiscard]] FaultSink keep(std::vector<Fault>& faults);

/// A record as it stood.
struct RawRecord {
    std::uint32_t line = 0;
    std::uint64_t offset = 0;
    std::string_view text = {}; ///< without the line's end; valid until the next is read
};

/// Reads the records of a file one after the other, whatever its size. A bad line is a Fault and the next is read: an
/// Error means that the file cannot be read at all.
class RecordReader {
public:
    /// Reads the header too. `layout` must outlive the reader.
    [[nodiscard]] static core::Result<RecordReader> open(const std::filesystem::path& path, const Layout& layout,
                                                         std::uint32_t file = 0);

    /// Up to `most` records more; false when there are none left. Faults found on the way go to the sink, at the end
    /// also those of counts and sums.
    [[nodiscard]] core::Result<bool> read(std::vector<Transaction>& into, const FaultSink& faults, std::size_t most);

    /// The next good record, as it stood and as what it means.
    [[nodiscard]] core::Result<bool> read(RawRecord& raw, Transaction& into, const FaultSink& faults);

    /// The next record that has the right length, whatever its fields hold; false at the end.
    [[nodiscard]] core::Result<bool> read_raw(RawRecord& into, const FaultSink& faults);

    /// Fields of the header: name → text, in order; those of tails too once the end was reached.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& head() const { return head_; }

    /// The trading city that the header tells, where it tells one.
    [[nodiscard]] std::optional<std::array<core::Byte, 2>> city() const;

    /// Records so far, and lines among them that were set aside.
    [[nodiscard]] std::uint64_t records() const { return records_; }

private:
    RecordReader(const Layout& layout, PieceSource source, std::uint32_t file);

    [[nodiscard]] core::Result<void> read_head();
    void check_name();
    /// The line without '\r' where the layout has one; false after adding a Fault.
    bool take_line(const Piece& piece, std::string_view& line, const FaultSink& faults);
    bool take_header_line(const Line& expected, const Piece& piece, const FaultSink& faults);
    bool check_encoding(const Piece& piece, std::string_view line, const FaultSink& faults);
    [[nodiscard]] bool is_tail(std::string_view line) const;
    void check_end(const FaultSink& faults);
    void add(const FaultSink& faults, const Piece& piece, FaultKind kind, std::string field, std::string reason) const;
    bool decode_csv(const Piece& piece, std::string_view line, Transaction& into, const FaultSink& faults) const;

    const Layout* layout_;
    PieceSource source_;
    std::uint32_t file_;
    std::vector<std::pair<std::string, std::string>> head_;
    std::vector<Fault> pending_;        ///< of the header: given with the first batch
    std::vector<const Field*> columns_; ///< of a csv file
    std::size_t tail_line_ = 0;
    std::uint32_t record_line_ = 0; ///< the line under way, where it is a record
    std::uint64_t records_ = 0;
    std::uint64_t most_; ///< of a file
    std::uint64_t sum_ = 0;
    struct Told {
        std::uint64_t value;
        Piece place;
        std::string field;
    };
    std::vector<Told> counts_;
    std::vector<Told> sums_;
    bool sum_is_known_ = true; ///< no bad line
    bool ended_ = false;
};

} // namespace tongka::harness::clearing
