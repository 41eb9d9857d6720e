#pragma once

#include <cstdint>

namespace tongka::core::dictionary {

/// Whose command or file an entry describes.
enum class Device : std::uint8_t { card, psam, both };

[[nodiscard]] constexpr bool fits(Device entry, Device device) {
    return entry == device || entry == Device::both || device == Device::both;
}

} // namespace tongka::core::dictionary
