#pragma once

#include "core/text.hpp"
#include "reports/summary.hpp"

/// How reports name things to people.
namespace tongka::reports {

[[nodiscard]] core::Text outcome_words(Outcome outcome);

/// What a requirement's confidence and level are called; an unknown word stays as it is.
[[nodiscard]] core::Text confidence_words(std::string_view confidence);
[[nodiscard]] core::Text level_words(std::string_view level);

/// "83 cases need a terminal and were left out: give --terminal".
[[nodiscard]] Words left_out_words(const LeftOut& group);
[[nodiscard]] Words continuation_words(const Continuation& again);

/// `cjt304` → CJ/T 304; a name that is not known stays as it is.
[[nodiscard]] std::string_view standard_name(std::string_view standard);

/// `412 µs`, `20.0 ms`, `1.25 s`, `3 min 20 s`.
[[nodiscard]] std::string duration_text(std::uint64_t us);

/// Pairs of hex digits; `**` is one of a byte that is not shown.
[[nodiscard]] bool is_hex(std::string_view text);

/// `80 54 01 00`: bytes set apart; what is not hex is left as it is.
[[nodiscard]] std::string spaced(std::string_view text);

/// `9000  01 02 03 04  {mac:4}`: items that a blank divides, the bytes of those longer than a status word set apart.
[[nodiscard]] std::string grouped(std::string_view text);

} // namespace tongka::reports
