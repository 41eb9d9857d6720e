#pragma once

#include <string_view>

namespace tongka::harness {

/// Letters, digits, `_`.
[[nodiscard]] bool is_name_character(char c);

/// Hexadecimal digits and nothing else, in either case; at least one.
[[nodiscard]] bool is_hex(std::string_view word);

/// Decimal digits and nothing else; at least one.
[[nodiscard]] bool is_decimal(std::string_view word);

/// What a variable, a parameter or a capture may be called: `[a-z][a-z0-9_]*`, at most 64 characters.
[[nodiscard]] bool is_variable_name(std::string_view word);

/// What a case or a procedure may be called: `[a-z0-9][a-z0-9-]*`, at most 100 characters.
[[nodiscard]] bool is_slug(std::string_view word);

/// What a requirement of the catalogue is called: `304-PUR-012`.
[[nodiscard]] bool is_requirement_id(std::string_view word);

/// The same as regular expressions (ECMA 262), for the schemas.
constexpr std::string_view variable_pattern = "^[a-z][a-z0-9_]{0,63}$";
constexpr std::string_view slug_pattern = "^[a-z0-9][a-z0-9-]{0,99}$";
constexpr std::string_view requirement_pattern = "^[0-9]{3,5}-[A-Z]{2,4}-[0-9]{3}$";

} // namespace tongka::harness
