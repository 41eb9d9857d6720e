#include "core/profile/fields.hpp"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"

namespace tongka::core {

using document::Mapping;
using document::Node;

Result<Bytes> read_bytes(const Node& node, std::string_view what, std::size_t shortest, std::size_t longest) {
    TONGKA_TRY(auto text, node.as_text(what));
    auto bytes = from_hex(text);
    if (!bytes)
        return fail(node.error(bytes.error().at(what).message));
    if (bytes->size() < shortest || bytes->size() > longest) {
        const auto width =
            shortest == longest ? fmt::format("{}", shortest) : fmt::format("{} to {}", shortest, longest);
        return fail(node.error(fmt::format("{} must be {} bytes, not {}", what, width, bytes->size())));
    }
    return bytes;
}

Result<Bytes> read_bytes(Mapping& fields, std::string_view key, std::size_t shortest, std::size_t longest) {
    TONGKA_TRY(const Node* node, fields.required(key));
    return read_bytes(*node, key, shortest, longest);
}

Result<void> read_bytes(Mapping& fields, std::string_view key, std::span<Byte> to) {
    TONGKA_TRY(auto bytes, read_bytes(fields, key, to.size(), to.size()));
    std::ranges::copy(bytes, to.begin());
    return {};
}

Result<std::uint32_t> read_number(Mapping& fields, std::string_view key, std::uint32_t largest,
                                  std::uint32_t otherwise) {
    const Node* node = fields.optional(key);
    if (!node)
        return otherwise;
    TONGKA_TRY(auto text, node->as_text(key));
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > largest)
        return fail(node->error(fmt::format("{} must be a decimal number up to {}, not '{}'", key, largest, text)));
    return value;
}

Error no_such_word(const Node& node, std::string_view key, std::span<const std::string_view> names) {
    return node.error(
        fmt::format("{} is one of {}, not '{}'{}", key, fmt::join(names, ", "), node.text, suggest(node.text, names)));
}

Result<std::deque<Bytes>> read_random(const Node* node) {
    std::deque<Bytes> numbers;
    if (!node)
        return numbers;
    TONGKA_TRY(const auto* items, node->as_list("random"));
    for (const Node& item : *items) {
        TONGKA_TRY(auto number, read_bytes(item, "a random number", 1, 16));
        numbers.push_back(std::move(number));
    }
    return numbers;
}

} // namespace tongka::core
