#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "harness/clearing/member.hpp"
#include "harness/language/words.hpp"

/// Clearing files as data: each is a YAML file in testcases/clearing (clauses.md A, D, F, J.4).
namespace tongka::harness::clearing {

/// How a field's bytes are to be read.
enum class FieldType : std::uint8_t {
    digits,        ///< `n`: decimal digits, zeros on the left
    hex,           ///< `h`: hexadecimal digits; a number's are most significant first
    text,          ///< `an`: characters of the file's encoding
    filler,        ///< `x`: one constant, told by `is`, or anything
    little_endian, ///< `le`: a number of up to 8 bytes
    big_endian,    ///< `be`
    bcd,           ///< `bcd`: bytes of two digits each
    bytes,         ///< `b`: bytes as they are
};

/// What a field of a header or tail, or a piece of a file name, holds beside constants.
enum class Holds : std::uint8_t { nothing, count, record_length, city, date, serial, sum, industry, merchant };

struct Field {
    std::string name;
    FieldType type = FieldType::digits;
    std::size_t offset = 0; ///< in its line; of what stands behind a field of no fixed width, from the line's end
    std::size_t width = 0;  ///< in bytes; 0: all that the other fields of its line leave
    bool from_end = false;
    bool date = false;   ///< must be a date that exists (8 digits), or date and time (14)
    std::string is = {}; ///< what it must be (of a binary field in hexadecimal); empty for anything
    Holds holds = Holds::nothing;
    const Member* means = nullptr; ///< of a record
    std::string confidence = {};   ///< where it is not that of the layout
};

/// A line of a text file, or a record of a binary one.
struct Line {
    std::vector<Field> fields;
    std::size_t width = 0; ///< without the line's end; of a line without fixed width, the least
    bool fixed = true;

    [[nodiscard]] const Field* find(std::string_view name) const;
};

/// A piece of a file name: `{date:6}` or what stands between.
struct NamePiece {
    Holds holds = Holds::nothing; ///< nothing: `text`
    std::size_t width = 0;
    std::string text;
};

struct Layout {
    enum class Kind : std::uint8_t { text, csv, binary };
    enum class Encoding : std::uint8_t { ascii, gbk, utf8 };

    std::string name;
    Words title;
    std::string source;
    std::string confidence; ///< verified, single-source or inferred
    std::string note;       ///< what does not close, or is not known
    Kind kind = Kind::text;
    Encoding encoding = Encoding::ascii;
    std::string line_end;             ///< "\r\n", "\n" or empty (binary)
    std::vector<NamePiece> file_name; ///< empty for any
    std::vector<Line> head;
    Line record;
    std::size_t record_length = 0; ///< as headers tell it; may count the line's end
    bool crc16 = false; ///< a record ends in a CRC-16 (harness/clearing/crc16.hpp), least significant byte first
    std::vector<Line> tail;

    /// How many records one file may hold: what the field of the count bears.
    [[nodiscard]] std::uint64_t most_records() const;
    /// Whether its records are transactions: card, amount and date are there.
    [[nodiscard]] bool has_transactions() const;
};

/// Reads a layout; every Error begins with file:line:column.
[[nodiscard]] core::Result<Layout> load_layout(const std::filesystem::path& path);

/// All layouts of a folder, by name.
[[nodiscard]] core::Result<std::vector<Layout>> load_layouts(const std::filesystem::path& folder);

/// The layout of that name, with the nearest where there is none.
[[nodiscard]] core::Result<const Layout*> find_layout(const std::vector<Layout>& layouts, std::string_view name);

/// Date, city and serial that a file's name tells; none where the name has another form.
struct FileName {
    std::string date = {};
    std::string city = {};
    std::string serial = {};
    std::string industry = {};
    std::string merchant = {};
};
[[nodiscard]] std::optional<FileName> read_file_name(const Layout& layout, std::string_view name);
[[nodiscard]] std::string make_file_name(const Layout& layout, const FileName& name);

/// The layout whose names look like this file's; null where none or several do.
[[nodiscard]] const Layout* guess_layout(const std::vector<Layout>& layouts, const std::filesystem::path& file);

} // namespace tongka::harness::clearing
