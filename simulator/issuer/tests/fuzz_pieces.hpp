#pragma once

#include <algorithm>
#include <cstdlib>

#include "simulator/chip/smart_card.hpp"

/// What the fuzz programs of card and SAM share: an input is a list of pieces, a length and so many bytes of a command,
/// or one of these instead of the length.
namespace tongka::fuzz {

inline constexpr core::Byte warm_reset = 0xFF;
inline constexpr core::Byte cold_reset = 0xFE;
inline constexpr core::Byte cut = 0xFD; ///< the next byte: how many writes from now; its high bit: after the write

inline void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// What must hold of a device with power, whatever it was sent.
inline void check(simulator::SmartCard& device) {
    simulator::Files again(device.memory());
    again.mount();
    demand(again.count() == device.files().count()); // what is remembered of the files is what stands in memory
    for (std::size_t i = 0; i < again.count(); ++i) {
        const auto index = static_cast<simulator::FileIndex>(i);
        demand(core::equal(again.content(index), device.files().content(index)));
    }
}

/// Sends the pieces to a device with power, and calls `look` behind each.
template <typename Look>
void play(simulator::SmartCard& device, core::BytesView input, Look look) {
    while (!input.empty()) {
        const core::Byte piece = input[0];
        input = input.subspan(1);
        if (piece == warm_reset) {
            (void)device.reset();
        } else if (piece == cold_reset) {
            device.power_off();
            demand(!device.power_on().empty());
        } else if (piece == cut) {
            const core::Byte at = input.empty() ? core::Byte{0} : input[0];
            input = input.subspan(input.empty() ? 0 : 1);
            device.cut_power_at(simulator::Chip::Cut{at & 0x7FU, (at & 0x80) != 0});
        } else {
            const auto command = input.first(std::min<std::size_t>(piece, input.size()));
            input = input.subspan(command.size());
            const auto answer = device.exchange(command);
            if (answer.empty())
                demand(!device.power_on().empty()); // a cut took the power
            else
                demand(answer.size() >= 2 && answer.size() <= 258);
        }
        look();
    }
    check(device);
}

} // namespace tongka::fuzz
