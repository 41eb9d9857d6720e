#pragma once

#include "core/bytes.hpp"
#include "simulator/chip/chip.hpp"

namespace tongka::simulator {

/// What a card in a virtual reader does upon each frame of vpcd, apart from all sockets.
class CardSide {
public:
    explicit CardSide(Chip& chip) : chip_(chip) {}

    struct Reaction {
        enum class Kind {
            nothing, ///< vpcd expects no answer
            answer,
            gone, ///< the chip is silent: it has lost its power and can be taken out of the reader
        };
        Kind kind;
        core::BytesView answer; ///< holds until the next call
    };

    /// `content` of a frame: a control byte (Control), or a command for the chip. GET DATA of the reader itself
    /// (`FF CA 00 00 Le`, PC/SC part 3, 3.2.2.1.3) is answered here: with the UID, or 6A81 where the chip has none.
    [[nodiscard]] Reaction react(core::BytesView content);

private:
    core::BytesView get_data(core::BytesView command);

    Chip& chip_;
    core::Bytes answer_;
};

} // namespace tongka::simulator
