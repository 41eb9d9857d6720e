#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace tongka::core {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using BytesView = std::span<const Byte>;

[[nodiscard]] inline Bytes to_bytes(BytesView view) {
    return {view.begin(), view.end()};
}

inline void append(Bytes& to, BytesView bytes) {
    to.insert(to.end(), bytes.begin(), bytes.end());
}

[[nodiscard]] inline Bytes concatenate(std::initializer_list<BytesView> parts) {
    Bytes all;
    std::size_t size = 0;
    for (auto part : parts)
        size += part.size();
    all.reserve(size);
    for (auto part : parts)
        append(all, part);
    return all;
}

[[nodiscard]] inline bool equal(BytesView a, BytesView b) {
    return std::ranges::equal(a, b);
}

/// Unsigned big-endian integer of 0 to 8 bytes: how the standards write amounts, counters and lengths.
[[nodiscard]] constexpr std::uint64_t read_big_endian(BytesView bytes) {
    std::uint64_t value = 0;
    for (Byte byte : bytes)
        value = value << 8 | byte;
    return value;
}

/// Fills `to` with the low bytes of `value`, most significant first.
constexpr void write_big_endian(std::span<Byte> to, std::uint64_t value) {
    for (auto at = to.rbegin(); at != to.rend(); ++at, value >>= 8)
        *at = static_cast<Byte>(value);
}

[[nodiscard]] inline Bytes big_endian(std::uint64_t value, std::size_t width) {
    Bytes bytes(width);
    write_big_endian(bytes, value);
    return bytes;
}

} // namespace tongka::core
