#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/model.hpp"

/// Readers of single values, each with the place of what is wrong.
namespace tongka::harness {

[[nodiscard]] core::Result<std::string> read_slug(const core::document::Node& node, std::string_view what);

/// {zh: …, en: …}, or, where `or_text` allows it, one text for both.
[[nodiscard]] core::Result<Words> read_words(const core::document::Node& node, std::string_view what, bool or_text);

/// A requirement id or, as the shape allowed, a list of them; at least one, none twice.
[[nodiscard]] core::Result<std::vector<std::string>> read_requirements(const core::document::Node& node);

[[nodiscard]] core::Result<Role> read_device(const core::document::Node& node, std::string_view what);

/// `device` or `devices` of a case or a procedure (`what`).
[[nodiscard]] core::Result<std::vector<Role>> read_devices(const core::document::Node& owner, std::string_view what);

/// A number from 1 to `most`; `what` names it in the Error.
[[nodiscard]] core::Result<unsigned> read_count(const core::document::Node& node, std::string_view what, unsigned most);

[[nodiscard]] core::Result<Tear> read_tear(const core::document::Node& node);

[[nodiscard]] core::Result<Spends> read_spends(const core::document::Node& node);

/// {name: expression}, in order; `what` names an expression: "vars".
[[nodiscard]] core::Result<std::vector<Binding>> read_bindings(const core::document::Node& node, std::string_view what);

/// A list of {name: expression}, of which all have the names of the first.
[[nodiscard]] core::Result<std::vector<Row>> read_rows(const core::document::Node& node);

[[nodiscard]] core::Result<Repeat> read_repeat(const core::document::Node& node);

/// {name: width or `key`}.
[[nodiscard]] core::Result<std::vector<Slot>> read_slots(const core::document::Node& node, std::string_view what);

/// {new-name: returned-name}.
[[nodiscard]] core::Result<std::vector<Give>> read_gives(const core::document::Node& node);

} // namespace tongka::harness
