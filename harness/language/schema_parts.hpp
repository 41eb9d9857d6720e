#pragma once

#include <functional>
#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "harness/language/fields.hpp"

/// What the JSON Schemas (draft 7) of all our YAML files are made of.
namespace tongka::harness::schema {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json matching(std::string_view pattern);

/// A text that YAML may take for a number.
[[nodiscard]] Json text();

/// A decimal number from 1, however it is quoted.
[[nodiscard]] Json count();

/// A text in Chinese and in English.
[[nodiscard]] Json words();

/// At least one, none of them twice.
[[nodiscard]] Json list_of(Json items);

/// One of these words.
[[nodiscard]] Json one_of(std::span<const std::string_view> names);

/// A mapping of just these keys. `of` gives what each may hold, and where the table's meaning does not do, its
/// description; null for anything.
[[nodiscard]] Json object_of(std::span<const Field> fields, const std::function<Json(const Field&)>& of);

/// The schema of a whole file, as it is written.
[[nodiscard]] std::string file_of(std::string_view title, Json whole);

} // namespace tongka::harness::schema
