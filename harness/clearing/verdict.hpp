#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace tongka::harness::clearing {

/// What becomes of a record: the refusal codes of clauses.md D (single source). `code` is what files carry.
enum class Verdict : std::uint8_t {
    accepted,
    wrong_tac,
    unknown_city,
    duplicate,
    grey,
    insufficient,
    test,
    wrong_time,
    foreign_city,
    blacklisted,
    bad_line,
};

struct VerdictInfo {
    Verdict verdict;
    std::string_view name; ///< in files and on the command line
    unsigned code;
    core::Text text;
};

[[nodiscard]] std::span<const VerdictInfo> verdicts();
[[nodiscard]] const VerdictInfo& info(Verdict verdict);

/// What is odd about an accepted record, without being a reason to refuse it. They may stand together: bits.
enum class Notice : std::uint8_t {
    counter_gap = 1,   ///< records of this card before it are missing
    counter_twice = 2, ///< another transaction with the same counter and another TAC: a copied card
    balance = 4,       ///< less money than the transaction before has left
    clock_back = 8,    ///< earlier than the transaction before
};

struct NoticeInfo {
    Notice notice;
    std::string_view name;
    core::Text text;
};

[[nodiscard]] std::span<const NoticeInfo> notices();

} // namespace tongka::harness::clearing
