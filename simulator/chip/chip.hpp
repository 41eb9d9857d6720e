#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.hpp"

namespace tongka::simulator {

/// A simulated chip as the reader's side sees it: power, reset, bytes in, bytes out. One reader at a time.
class Chip {
public:
    virtual ~Chip() = default;

    /// Power or field on (cold reset) and reset without loss of power (warm reset). Both give the answer to reset: for
    /// a contact chip that of ISO/IEC 7816-3, for a contactless one the pseudo-ATR that PC/SC readers show for it.
    virtual core::BytesView power_on() = 0;
    virtual core::BytesView reset() = 0;
    virtual void power_off() = 0;

    /// The answer to reset, whether there is power or not.
    [[nodiscard]] virtual core::BytesView answer_to_reset() const = 0;

    /// The identifier of the anticollision of a contactless chip (4 bytes); empty for a contact chip.
    [[nodiscard]] virtual core::BytesView uid() const = 0;

    /// One command as the transport carries it (T=0: a TPDU; T=CL: an APDU), and what comes back: at least two bytes,
    /// or none at all when there is no power. The view holds until the next call.
    [[nodiscard]] virtual core::BytesView exchange(core::BytesView command) = 0;

    /// Cuts the power at a coming write to the chip's memory (0 = the next one): before it is done, or right after it.
    /// From then on the chip is silent until power_on. An empty position takes a cut back that has not come yet.
    struct Cut {
        std::uint64_t writes = 0;
        bool after = false;
    };
    virtual void cut_power_at(std::optional<Cut> position) = 0;
};

} // namespace tongka::simulator
