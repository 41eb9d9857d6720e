#pragma once

#include <string>
#include <string_view>

namespace tongka::cli {

/// Who made a device, as its answer to reset tells; empty where it does not.
struct Maker {
    std::string vendor; ///< of the card: "8660 东信和平 Eastcompeace"
    std::string chip;   ///< its maker: "0085 华虹 Huahong"
};

/// From the historical bytes that city cards carry (standards.md 2.1 and 2.2), which many other cards do not.
[[nodiscard]] Maker maker_of(std::string_view atr_hex);

} // namespace tongka::cli
