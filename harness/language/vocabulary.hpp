#pragma once

#include <string_view>

#include "core/rules.hpp"

namespace tongka::harness {

/// Null for an unknown rule.
[[nodiscard]] const core::RuleInfo* find_rule(std::string_view name);

/// Whether each choice of a rule is hex of whole bytes (such as a status word), so that it has a value.
[[nodiscard]] bool is_hex_valued(const core::RuleInfo& rule);

/// The Error for a rule that is not there, with the nearest name.
[[nodiscard]] core::Error unknown_rule(std::string_view name);

/// The Error for what is not among a rule's choices.
[[nodiscard]] core::Error unknown_choice(const core::RuleInfo& rule, std::string_view choice);

} // namespace tongka::harness
