#include <cstdlib>

#include "simulator/virtual_reader/card_side.hpp"
#include "simulator/virtual_reader/echo_chip.hpp"
#include "simulator/virtual_reader/frame.hpp"

using namespace tongka;

/// The first byte says in which pieces the rest arrives: however a stream is cut, the same frames come out, and a card
/// side lives through all of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    core::BytesView stream(data + 1, size - 1);
    std::size_t piece = data[0] + 1U;

    simulator::EchoChip chip;
    simulator::CardSide side(chip);
    core::Bytes rebuilt;
    simulator::FrameParser parser;
    bool sound = true;
    for (std::size_t at = 0; at < stream.size() && sound; at += piece) {
        parser.feed(stream.subspan(at, std::min(piece, stream.size() - at)));
        while (true) {
            auto content = parser.next();
            sound = content.has_value();
            if (!content || !*content)
                break;
            if (!simulator::append_frame(rebuilt, **content))
                std::abort();
            (void)side.react(**content);
            if (side.is_waiting() && data[0] % 2 == 1)
                (void)side.react_to_silence();
        }
    }
    if (sound && parser.end() && !core::equal(rebuilt, stream))
        std::abort();
    if (!core::equal(rebuilt, stream.first(rebuilt.size())))
        std::abort();
    return 0;
}
