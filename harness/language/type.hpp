#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace tongka::harness {

/// What is known of a value before the case runs: a key, or a byte string, whose width is known for most.
struct Type {
    enum class Kind { bytes, key };

    Kind kind = Kind::bytes;
    std::optional<std::size_t> width; ///< in bytes, of a byte string

    [[nodiscard]] static Type bytes(std::optional<std::size_t> width = std::nullopt) { return {Kind::bytes, width}; }
    [[nodiscard]] static Type key() { return {Kind::key, std::nullopt}; }
    [[nodiscard]] bool is_key() const { return kind == Kind::key; }
};

/// "a key", "4 bytes", "1 byte", "bytes".
[[nodiscard]] std::string to_string(const Type& type);

/// "1 byte", "15 bytes".
[[nodiscard]] std::string count_bytes(std::size_t count);

/// More bytes than a value of a case may have: the longest data field of an APDU, and some.
constexpr std::size_t longest_value = 1U << 17;

} // namespace tongka::harness
