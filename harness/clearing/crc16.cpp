#include "harness/clearing/crc16.hpp"

#include <array>

namespace tongka::harness::clearing {
namespace {

constexpr auto table = [] {
    std::array<std::uint16_t, 256> made{};
    for (unsigned byte = 0; byte < made.size(); ++byte) {
        unsigned value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = value & 1 ? value >> 1 ^ 0xA001 : value >> 1;
        made[byte] = static_cast<std::uint16_t>(value);
    }
    return made;
}();

} // namespace

std::uint16_t crc16(core::BytesView data) {
    unsigned crc = 0;
    for (const core::Byte byte : data)
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF];
    return static_cast<std::uint16_t>(crc);
}

} // namespace tongka::harness::clearing
