#include "core/message/frame.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "core/bcd.hpp"

namespace tongka::core::message {
namespace {

/// Takes the next bytes off the front.
BytesView take(BytesView& from, std::size_t size) {
    const auto taken = from.first(size);
    from = from.subspan(size);
    return taken;
}

} // namespace

Bytes encode(const Frame& frame) {
    const std::size_t rest = header_size + frame.body.size() + mac_size;
    if (length_size + rest > most_size)
        throw std::invalid_argument("the body of a message is too long");
    return concatenate({big_endian(rest, length_size), Bytes{version}, big_endian(frame.code, 2), frame.terminal,
                        big_endian(frame.sequence, 4), frame.time, frame.body, frame.mac});
}

Result<std::size_t> frame_size(BytesView stream) {
    if (stream.size() < length_size)
        return std::size_t{0};
    const std::size_t size = length_size + read_big_endian(stream.first(length_size));
    if (size < least_size || size > most_size)
        return fail(fmt::format("a frame of {} bytes; it must have {} to {}", size, least_size, most_size));
    return size;
}

Result<Frame> decode(BytesView bytes) {
    if (bytes.size() < length_size)
        return fail("the frame has no length");
    TONGKA_TRY(const auto size, frame_size(bytes));
    if (size != bytes.size())
        return fail(fmt::format("the frame has {} bytes, its length says {}", bytes.size(), size));
    BytesView rest = bytes.subspan(length_size);
    if (const Byte found = take(rest, 1)[0]; found != version)
        return fail(fmt::format("the frame is of version {:02X}, not {:02X}", found, version));
    Frame frame;
    frame.code = static_cast<std::uint16_t>(read_big_endian(take(rest, 2)));
    std::ranges::copy(take(rest, 6), frame.terminal.begin());
    frame.sequence = static_cast<std::uint32_t>(read_big_endian(take(rest, 4)));
    std::ranges::copy(take(rest, 7), frame.time.begin());
    if (!read_bcd_date(BytesView(frame.time).first(4)) || !read_bcd_time(BytesView(frame.time).last(3)))
        return fail("the frame's time is none");
    frame.body = to_bytes(take(rest, rest.size() - mac_size));
    std::ranges::copy(rest, frame.mac.begin());
    return frame;
}

} // namespace tongka::core::message
