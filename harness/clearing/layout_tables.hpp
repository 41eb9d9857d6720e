#pragma once

#include <string_view>

#include "harness/clearing/layout.hpp"
#include "harness/language/fields.hpp"

/// The keys and words of layouts: one table for the loader and for the JSON Schema.
namespace tongka::harness::clearing::tables {

/// A word of a fixed list, and what it stands for.
template <typename T>
struct Choice {
    std::string_view word;
    T value;
};

inline constexpr Choice<FieldType> types[] = {
    {"n", FieldType::digits},         {"h", FieldType::hex},         {"an", FieldType::text}, {"x", FieldType::filler},
    {"le", FieldType::little_endian}, {"be", FieldType::big_endian}, {"bcd", FieldType::bcd}, {"b", FieldType::bytes},
};
inline constexpr Choice<Holds> holdings[] = {
    {"count", Holds::count},   {"record-length", Holds::record_length},
    {"city", Holds::city},     {"date", Holds::date},
    {"serial", Holds::serial}, {"sum", Holds::sum},
};
inline constexpr Choice<Holds> name_pieces[] = {
    {"date", Holds::date},         {"city", Holds::city},         {"serial", Holds::serial},
    {"industry", Holds::industry}, {"merchant", Holds::merchant},
};
inline constexpr Choice<Layout::Kind> kinds[] = {
    {"text", Layout::Kind::text}, {"csv", Layout::Kind::csv}, {"binary", Layout::Kind::binary}};
inline constexpr Choice<Layout::Encoding> encodings[] = {
    {"ascii", Layout::Encoding::ascii}, {"gbk", Layout::Encoding::gbk}, {"utf-8", Layout::Encoding::utf8}};
inline constexpr Choice<std::string_view> line_ends[] = {{"crlf", "\r\n"}, {"lf", "\n"}, {"none", ""}};
inline constexpr Choice<std::string_view> confidences[] = {
    {"verified", "verified"}, {"single-source", "single-source"}, {"inferred", "inferred"}};
inline constexpr Choice<bool> booleans[] = {{"yes", true}, {"no", false}};

inline constexpr harness::Field layout_fields[] = {
    {"layout", Shape::text, true, "The name, as the file is called"},
    {"title", Shape::words, true, "What the file is"},
    {"source", Shape::text, true, "Where that is published"},
    {"confidence", Shape::text, true, "How sure it is"},
    {"note", Shape::text, false, "What does not close, or is not known"},
    {"kind", Shape::text, true, "Lines of text, lines with commas, or records of bytes"},
    {"encoding", Shape::text, true, "Of text"},
    {"line-end", Shape::text, true, "none: of a binary file alone"},
    {"file-name", Shape::text, false, "FH{date:6}{city:8}{serial:6}; without it, any name"},
    {"head", Shape::rows, false, "Lines before the records"},
    {"record", Shape::rows, true, "The fields of a record"},
    {"record-length", Shape::text, true, "As headers tell it: with the line's end or without; 0 where it varies"},
    {"crc16", Shape::text, false, "A binary record ends in a CRC-16"},
    {"tail", Shape::rows, false, "Lines behind the records"},
};

inline constexpr harness::Field field_fields[] = {
    {"name", Shape::text, true, "Once in a line"},
    {"type", Shape::text, true,
     "n digits, h hex digits, an text, x filler; of binary files le, be numbers, bcd digits, b bytes"},
    {"width", Shape::text, true, "Bytes, or 'rest': what the others of its line leave"},
    {"is", Shape::text, false, "What it must be; of a filler, the character it is made of"},
    {"date", Shape::text, false, "It must be a date that exists (8 digits), or date and time (14)"},
    {"holds", Shape::text, false, "Of a header or tail: what it tells"},
    {"means", Shape::text, false, "Of a record: the member of a transaction that it is"},
    {"confidence", Shape::text, false, "Where it is not that of the layout"},
};

} // namespace tongka::harness::clearing::tables
