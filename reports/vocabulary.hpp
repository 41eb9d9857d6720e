#pragma once

#include "core/text.hpp"
#include "reports/summary.hpp"

/// How reports name things to people.
namespace tongka::reports {

[[nodiscard]] core::Text outcome_words(Outcome outcome);

/// `cjt304` → CJ/T 304; a name that is not known stays as it is.
[[nodiscard]] std::string_view standard_name(std::string_view standard);

/// `412 µs`, `20.0 ms`, `1.25 s`, `3 min 20 s`.
[[nodiscard]] std::string duration_text(std::uint64_t us);

/// `80 54 01 00`: pairs of digits set apart; what is not pairs is left as it is.
[[nodiscard]] std::string spaced(std::string_view hex);

} // namespace tongka::reports
