#pragma once

#include <optional>

#include "core/bytes.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/virtual_reader/frame.hpp"

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
    /// (`FF CA 00|01 00 Le`, PC/SC part 3, 3.2.2.1.3) is answered here: with the UID or the historical bytes of the ATS, or
    /// 6A81 where the chip is no contactless one.
    ///
    /// A command of one byte looks like a control byte. vpcd follows each of 00, 01, 02 with 04 at once: they take
    /// effect with the next frame, and if none comes (see is_waiting) they were a command, which wants an answer.
    [[nodiscard]] Reaction react(core::BytesView content);

    /// Whether the last frame was 00, 01 or 02.
    [[nodiscard]] bool is_waiting() const { return waiting_.has_value(); }
    /// To be called when nothing has followed it.
    [[nodiscard]] Reaction react_to_silence();

private:
    Reaction exchange(core::BytesView command);
    void obey(Control control);
    core::BytesView get_data(core::BytesView command);

    Chip& chip_;
    core::Bytes answer_;
    std::optional<Control> waiting_;
};

} // namespace tongka::simulator
