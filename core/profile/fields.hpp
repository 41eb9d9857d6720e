#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/document/mapping.hpp"
#include "core/result.hpp"

/// Values of a profile, each with the place of what is wrong with it.
namespace tongka::core {

/// A text of hex, `shortest` to `longest` bytes; `what` names it in the Error.
[[nodiscard]] Result<Bytes> read_bytes(const document::Node& node, std::string_view what, std::size_t shortest,
                                       std::size_t longest);

/// The same of a key that must be there.
[[nodiscard]] Result<Bytes> read_bytes(document::Mapping& fields, std::string_view key, std::size_t shortest,
                                       std::size_t longest);

/// The same for a field of fixed width.
[[nodiscard]] Result<void> read_bytes(document::Mapping& fields, std::string_view key, std::span<Byte> to);

/// A decimal number up to `largest`; `otherwise` where the key is absent.
[[nodiscard]] Result<std::uint32_t> read_number(document::Mapping& fields, std::string_view key, std::uint32_t largest,
                                                std::uint32_t otherwise = 0);

/// The Error for a text that is none of `names`.
[[nodiscard]] Error no_such_word(const document::Node& node, std::string_view key,
                                 std::span<const std::string_view> names);

/// A word of a profile and what it stands for.
template <typename T>
struct Word {
    std::string_view name;
    T value;
};

/// One of `words`; the first where the key is absent.
template <typename T>
[[nodiscard]] Result<T> read_word(document::Mapping& fields, std::string_view key, std::span<const Word<T>> words) {
    const document::Node* node = fields.optional(key);
    if (!node)
        return words.front().value;
    TONGKA_TRY(auto text, node->as_text(key));
    const auto found = std::ranges::find(words, text, &Word<T>::name);
    if (found != words.end())
        return found->value;
    std::vector<std::string_view> names;
    for (const auto& word : words)
        names.push_back(word.name);
    return fail(no_such_word(*node, key, names));
}

/// A list of random numbers in hex; empty for null.
[[nodiscard]] Result<std::deque<Bytes>> read_random(const document::Node* node);

} // namespace tongka::core
