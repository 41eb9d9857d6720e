#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/clearing/layout.hpp"
#include "harness/clearing/transaction.hpp"

namespace tongka::harness::clearing {

/// The bytes of a field in its line; empty where the line ends before it.
[[nodiscard]] std::string_view text_of(const Field& field, std::string_view line);

/// Why these bytes cannot stand in the field; empty where they can.
[[nodiscard]] std::string fault_of(const Field& field, std::string_view text);

/// The number of a header's field; its text must be without fault.
[[nodiscard]] std::uint64_t number_of(const Field& field, std::string_view text);

/// Puts what the fields of `line` mean into `into`: the first field that cannot be read, or null. The line has the
/// record's width.
[[nodiscard]] const Field* decode(const Line& record, std::string_view line, Transaction& into);

/// Puts a member into its field; false where the field is too narrow for it. Fields without meaning get their constant,
/// zeros where they hold numbers, blanks where they hold text.
[[nodiscard]] bool encode(const Field& field, const Transaction& from, char* into);

/// A whole record, without line end or CRC; the field that has no room for its value where there is one.
[[nodiscard]] const Field* encode(const Layout& layout, const Transaction& from, std::string& record);

/// Any number into a field of digits; false where it is too narrow.
[[nodiscard]] bool encode_number(const Field& field, std::uint64_t number, char* into);

} // namespace tongka::harness::clearing
