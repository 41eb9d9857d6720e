#include "cli/archive/maker.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::cli {
namespace {

using Name = std::pair<std::string_view, std::string_view>;

// standards.md 2.1.
constexpr std::array chips{Name{"0081", "华大 Huada"}, Name{"0085", "华虹 Huahong"}, Name{"0087", "大唐 Datang"},
                           Name{"0090", "复旦微 Fudan"}};
constexpr std::array vendors{Name{"8660", "东信和平 Eastcompeace"}};

std::string named(std::string code, std::span<const Name> names) {
    const auto found = std::ranges::find(names, code, &Name::first);
    return found == names.end() ? code : fmt::format("{} {}", code, found->second);
}

/// ISO/IEC 7816-3, 8.2: behind TS, T0 and the interface bytes that T0 and each TD announce.
core::BytesView historical_bytes(core::BytesView atr) {
    if (atr.size() < 2)
        return {};
    const std::size_t count = atr[1] & 0x0FU;
    std::size_t at = 2;
    for (unsigned announced = atr[1] >> 4U; announced != 0;) {
        const bool more = (announced & 8U) != 0;
        for (unsigned bit = 1; bit <= 8; bit <<= 1U)
            at += (announced & bit) != 0 ? 1 : 0;
        if (at > atr.size())
            return {};
        announced = more ? atr[at - 1] >> 4U : 0U;
    }
    return at + count > atr.size() ? core::BytesView() : atr.subspan(at, count);
}

} // namespace

Maker maker_of(std::string_view atr_hex) {
    const auto atr = core::from_hex(atr_hex);
    if (!atr)
        return {};
    const auto bytes = historical_bytes(*atr);
    // Chip maker 2, COS 2, memory 1, card maker 2, serial 6.
    if (bytes.size() == 13 && bytes[0] == 0x00)
        return {named(core::to_hex(bytes.subspan(5, 2)), vendors), named(core::to_hex(bytes.first(2)), chips)};
    // Over the antenna: COS version, chip maker, 00, serial 8.
    if (bytes.size() == 11 && bytes[0] == 0x20 && bytes[2] == 0x00)
        return {{}, named("00" + core::to_hex(bytes.subspan(1, 1)), chips)};
    return {};
}

} // namespace tongka::cli
