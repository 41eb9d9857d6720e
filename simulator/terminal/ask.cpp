#include "simulator/terminal/ask.hpp"

#include <fmt/format.h>

namespace tongka::simulator {

core::Result<core::Bytes> ask(const Transmit& line, std::string_view device, std::string_view what,
                              core::BytesView command, std::size_t size) {
    auto answer = line(command);
    if (!answer)
        return core::fail(fmt::format("{}: {}: {}", device, what, answer.error().message));
    auto response = core::parse_response(*answer);
    if (!response)
        return core::fail(fmt::format("{}: {}: {}", device, what, response.error().message));
    if (response->sw != 0x9000)
        return core::fail(fmt::format("{}: {}: the answer is {:04X}", device, what, response->sw));
    if (size != 0 && response->data.size() != size)
        return core::fail(
            fmt::format("{}: {}: the answer has {} bytes, not {}", device, what, response->data.size(), size));
    return core::to_bytes(response->data);
}

} // namespace tongka::simulator
