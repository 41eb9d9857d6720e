#include "simulator/virtual_reader/frame.hpp"

#include <fmt/format.h>

namespace tongka::simulator {

namespace {
constexpr std::size_t length_size = 2;
constexpr std::size_t largest_content = 0xFFFF;
} // namespace

void FrameParser::feed(core::BytesView bytes) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(read_));
    read_ = 0;
    core::append(bytes_, bytes);
}

core::Result<std::optional<core::BytesView>> FrameParser::next() {
    auto rest = core::BytesView(bytes_).subspan(read_);
    if (rest.size() < length_size)
        return std::nullopt;
    auto length = static_cast<std::size_t>(core::read_big_endian(rest.first(length_size)));
    if (length == 0)
        return core::fail("the reader sent an empty frame");
    if (rest.size() < length_size + length)
        return std::nullopt;
    read_ += length_size + length;
    return rest.subspan(length_size, length);
}

core::Result<void> FrameParser::end() const {
    if (auto left = bytes_.size() - read_; left != 0)
        return core::fail(
            fmt::format("the reader closed the connection inside a frame ({} bytes of it had come)", left));
    return {};
}

core::Result<void> append_frame(core::Bytes& to, core::BytesView content) {
    if (content.empty())
        return core::fail("a card must not send an empty frame");
    if (content.size() > largest_content)
        return core::fail(
            fmt::format("an answer of {} bytes does not fit a frame (at most {})", content.size(), largest_content));
    core::append(to, core::big_endian(content.size(), length_size));
    core::append(to, content);
    return {};
}

} // namespace tongka::simulator
