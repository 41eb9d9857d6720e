#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/apdu.hpp"
#include "core/text.hpp"

namespace tongka::core::dictionary {

/// What a status word, or a family of them, means (standards.md 4; ISO/IEC 7816-4, 5.6).
struct StatusMeaning {
    std::string_view pattern; ///< four characters, hex digits or `x` for any: "9000", "63Cx"
    Text meaning;

    [[nodiscard]] bool matches(StatusWord sw) const;
};

/// All that are known, in ascending order.
[[nodiscard]] std::span<const StatusMeaning> status_words();

/// Null for a status word that stands in no table.
[[nodiscard]] const StatusMeaning* find_status(StatusWord sw);

/// In words, with what the word counts: "MAC wrong", "wrong PIN, 2 tries left", "16 bytes wait".
[[nodiscard]] std::string describe(StatusWord sw, Language language);

} // namespace tongka::core::dictionary
