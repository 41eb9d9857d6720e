#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "reports/summary.hpp"

/// The members of a record's lines as values. All of these throw nlohmann::json::exception where a member is absent or
/// has the wrong type, which the readers of reports/record.hpp turn into an Error with its line.
namespace tongka::reports {

[[nodiscard]] Header header_of(const nlohmann::json& line);
[[nodiscard]] Requirement requirement_of(const nlohmann::json& line);

[[nodiscard]] Continuation continuation_of(const nlohmann::json& line);

/// A case as the plan has it; its outcome is not_run, or not_applicable. An unknown selection is an Error.
[[nodiscard]] core::Result<Case> case_of(const nlohmann::json& line);

[[nodiscard]] Exchange exchange_of(const nlohmann::json& line);
/// Of a line `action` its arguments, of a line `outcome` its results.
[[nodiscard]] Action action_of(const nlohmann::json& line);
[[nodiscard]] Check check_of(const nlohmann::json& line);

/// An unknown verdict is an Error.
[[nodiscard]] core::Result<Outcome> outcome_of(const nlohmann::json& verdict_line);

[[nodiscard]] Totals totals_of(const nlohmann::json& end_line);

/// A member that is a text, a number or a truth value, as text; empty where it is absent.
[[nodiscard]] std::string text_of(const nlohmann::json& line, const char* member);

/// `{"zh": …, "en": …}`, or one text for both.
[[nodiscard]] Words words_of(const nlohmann::json& line, const char* member);

} // namespace tongka::reports
