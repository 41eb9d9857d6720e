#include <cstdlib>

#include "core/message/seal.hpp"
#include "core/message/values.hpp"

using namespace tongka::core;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

// Whatever a stream brings: a frame that is read is written back as the same bytes, and so is its body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    const auto whole = message::frame_size(input);
    if (whole && *whole != 0)
        demand(*whole >= message::least_size && *whole <= message::most_size);
    const auto frame = message::decode(input);
    if (!frame)
        return 0;
    demand(whole && *whole == size);
    demand(equal(message::encode(*frame), input));
    const auto* layout = message::find_layout(frame->code & static_cast<std::uint16_t>(~message::reply_bit));
    if (layout == nullptr)
        return 0;
    const auto fields = frame->is_reply() ? layout->reply : layout->request;
    const auto values = message::decode_fields(fields, frame->body);
    if (values)
        demand(message::encode_fields(fields, *values).value() == frame->body);
    (void)message::decode_reply(*layout, frame->body);
    return 0;
}
