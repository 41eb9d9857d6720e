#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace tongka::harness::clearing {

/// A member of Transaction that a field of a layout can stand for (`means:`).
struct Member {
    enum class Kind { number, digits };

    std::string_view name; ///< as layouts spell it: `balance-before`
    std::size_t offset = 0;
    std::size_t size = 0;     ///< in bytes
    Kind kind = Kind::number; ///< an unsigned integer of the machine, or bytes of two digits each
};

[[nodiscard]] std::span<const Member> members();

} // namespace tongka::harness::clearing
