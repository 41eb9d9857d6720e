#pragma once

#include <cstdint>
#include <deque>
#include <span>

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

/// A list of random numbers in hex; empty for null.
[[nodiscard]] Result<std::deque<Bytes>> read_random(const document::Node* node);

} // namespace tongka::core
