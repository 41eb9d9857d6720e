#include <cstdlib>

#include "core/tlv.hpp"

using namespace tongka::core;

// What was read must lie within the input, and read the same again when written anew.
static Bytes write(const std::vector<Tlv>& objects) {
    Bytes bytes;
    for (const auto& object : objects)
        append_tlv(bytes, object.tag, is_constructed(object.tag) ? write(object.children) : to_bytes(object.value));
    return bytes;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto objects = parse_tlv({data, size});
    if (!objects)
        return 0;
    const Bytes once = write(*objects);
    const auto again = parse_tlv(once);
    if (!again || once.size() > size || write(*again) != once)
        std::abort();
    return 0;
}
