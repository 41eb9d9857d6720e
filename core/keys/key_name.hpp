#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// Whose keys a store holds: the national centre's or a city's (standards.md 6: levels).
struct KeyOwner {
    std::optional<std::array<Byte, 2>> city; ///< its code, 4 BCD digits; none = the national centre

    [[nodiscard]] bool operator==(const KeyOwner&) const = default;
};

/// `CN`, or the city's digits: `2144`.
[[nodiscard]] std::string to_text(const KeyOwner& owner);
[[nodiscard]] Result<KeyOwner> parse_key_owner(std::string_view text);

/// A key of the system: kind (core/profile/key_kinds.hpp), index and version.
struct KeyName {
    std::string kind;
    Byte index = 0;
    Byte version = 1;

    [[nodiscard]] bool operator==(const KeyName&) const = default;
};

/// `DPK.01/01`: index and version are two hexadecimal digits each.
[[nodiscard]] std::string to_text(const KeyName& name);
/// Reads such a name; an index that is left out is 00, a version that is left out 01 (`DTK`, `DPK.02`).
[[nodiscard]] Result<KeyName> parse_key_name(std::string_view text);

} // namespace tongka::core
