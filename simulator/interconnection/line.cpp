#include "simulator/interconnection/line.hpp"

namespace tongka::simulator {

using core::Byte;
using core::Bytes;
using core::BytesView;

Transmit terminal_line(Chip& chip) {
    if (!chip.uid().empty())
        return [&chip](BytesView command) -> core::Result<Bytes> { return core::to_bytes(chip.exchange(command)); };
    return [&chip](BytesView command) -> core::Result<Bytes> {
        constexpr std::size_t head = 5;
        const bool has_both = command.size() > head && command.size() == head + command[4] + 1u;
        BytesView answer = chip.exchange(has_both ? command.first(command.size() - 1) : command);
        if (answer.size() == 2 && answer[0] == 0x61) {
            const Byte get_response[] = {0x00, 0xC0, 0x00, 0x00, answer[1]};
            answer = chip.exchange(get_response);
        }
        return core::to_bytes(answer);
    };
}

} // namespace tongka::simulator
