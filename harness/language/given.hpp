#pragma once

#include <span>
#include <string_view>

#include "core/result.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {

/// A name whose value comes with the run rather than from the case.
struct Given {
    std::string_view name;
    std::size_t width;
    std::string_view meaning;
};

/// `today`, `card.asn`, … in the order of docs/cases.md. `ixit.NAME` comes on top: any name, any width.
[[nodiscard]] std::span<const Given> given_table();

/// True for `today` and `now`, which look like variables and may not be declared.
[[nodiscard]] bool is_given_word(std::string_view name);

/// The type of `today`, `card.asn`, `ixit.terminal`, …; an Error with the nearest name for one that is not there.
[[nodiscard]] core::Result<Type> type_of_given(std::string_view name);

} // namespace tongka::harness
