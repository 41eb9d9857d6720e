#pragma once

#include <span>

#include "harness/language/fields.hpp"

/// The keys of proformas and declarations: one table for the loader and for the JSON Schemas.
namespace tongka::harness {

[[nodiscard]] std::span<const Field> proforma_fields();
[[nodiscard]] std::span<const Field> item_fields();  ///< of an entry of a proforma's `ics`
[[nodiscard]] std::span<const Field> value_fields(); ///< of `ixit`
[[nodiscard]] std::span<const Field> tries_fields(); ///< of `tries`
[[nodiscard]] std::span<const Field> rule_fields();  ///< of `rules`
[[nodiscard]] std::span<const Field> probe_fields();
[[nodiscard]] std::span<const Field> declaration_fields();

/// Regular expressions (ECMA 262) of an ICS key and of the name of an IXIT value.
constexpr std::string_view key_pattern = "^[A-Z0-9]+(-[A-Z0-9]+)*$";
constexpr std::string_view value_name_pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

} // namespace tongka::harness
