#include "core/keys/parity.hpp"

#include <bit>

#include <fmt/format.h>

namespace tongka::core {

static bool is_even(Byte byte) {
    return std::popcount(byte) % 2 == 0;
}

std::optional<std::size_t> even_byte(BytesView bytes) {
    const auto found = std::ranges::find_if(bytes, is_even);
    if (found == bytes.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - bytes.begin()) + 1;
}

bool has_odd_parity(BytesView bytes) {
    return !even_byte(bytes);
}

void set_odd_parity(std::span<Byte> bytes) {
    for (Byte& byte : bytes)
        if (is_even(byte))
            byte ^= 1;
}

Result<void> check_parity(const Key& key, std::string_view what) {
    if (key.algorithm() == Algorithm::sm4)
        return {};
    if (const auto byte = even_byte(key.bytes()))
        return fail(fmt::format("byte {} of {} has even parity", *byte, what));
    return {};
}

} // namespace tongka::core
