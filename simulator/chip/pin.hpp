#pragma once

#include <optional>

#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// Bytes of a PIN as a command sends it (standards.md 4.1); it stands in 8 bytes, filled up with FF (standards.md 3.5).
inline constexpr std::size_t shortest_pin = 2;
inline constexpr std::size_t longest_pin = 6;
inline constexpr core::Byte pin_filler = 0xFF;

/// Whether these bytes can be a PIN: so many of them, the last ones that are FF apart.
[[nodiscard]] bool is_pin(core::BytesView bytes);

/// What compare_pin gives for a right PIN.
inline constexpr unsigned right_pin = 0xFF;

/// Compares a PIN that still has tries: right_pin, or how many tries a wrong one has left; nothing where the memory
/// failed. The try is taken before the comparison: a power cut in between must not give it back. Trailing FF bytes do
/// not count.
[[nodiscard]] std::optional<unsigned> compare_pin(SmartCard& card, const StoredKey& pin, core::BytesView presented);

/// `pin` filled up to the size of the stored one.
[[nodiscard]] core::Bytes filled_pin(core::BytesView pin, std::size_t size);

} // namespace tongka::simulator
