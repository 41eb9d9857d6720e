#include "core/hex.hpp"

#include <optional>
#include <stdexcept>

#include <fmt/format.h>

namespace tongka::core {
namespace {

std::optional<Byte> digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

} // namespace

std::string to_hex(BytesView bytes) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 0x0F];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == ' ' || text[i] == '\t') {
            ++i;
            continue;
        }
        auto high = digit(text[i]);
        if (!high)
            return fail(fmt::format("'{}' at column {} is not a hexadecimal digit", text[i], i + 1));
        auto low = i + 1 < text.size() ? digit(text[i + 1]) : std::nullopt;
        if (!low)
            return fail(fmt::format("half a byte at column {}: hexadecimal digits come in pairs", i + 1));
        bytes.push_back(static_cast<Byte>(*high << 4 | *low));
        i += 2;
    }
    return bytes;
}

Result<Bytes> from_hex(std::string_view text, std::size_t size, std::string_view what) {
    auto bytes = from_hex(text);
    if (!bytes)
        return fail(bytes.error().at(what));
    if (bytes->size() != size)
        return fail(fmt::format("{} must be {} bytes, not {}", what, size, bytes->size()));
    return bytes;
}

inline namespace literals {
Bytes operator""_hex(const char* text, std::size_t size) {
    auto bytes = from_hex({text, size});
    if (!bytes)
        throw std::invalid_argument(bytes.error().message);
    return *std::move(bytes);
}
} // namespace literals

} // namespace tongka::core
