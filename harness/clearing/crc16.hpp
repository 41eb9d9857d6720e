#pragma once

#include <cstdint>

#include "core/bytes.hpp"

namespace tongka::harness::clearing {

/// CRC-16/ARC (polynomial 8005 reflected, beginning with 0): of "123456789" it is BB3D.
[[nodiscard]] std::uint16_t crc16(core::BytesView data);

} // namespace tongka::harness::clearing
