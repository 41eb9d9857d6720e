#include "core/crypto/padding.hpp"

namespace tongka::core {

Bytes pad(BytesView data, std::size_t block_size) {
    Bytes padded;
    padded.reserve(data.size() + block_size);
    append(padded, data);
    padded.push_back(0x80);
    padded.resize((padded.size() + block_size - 1) / block_size * block_size);
    return padded;
}

std::optional<BytesView> unpad(BytesView padded, std::size_t block_size) {
    if (padded.empty() || padded.size() % block_size != 0)
        return std::nullopt;
    const BytesView last = padded.last(block_size);
    std::size_t marker = block_size;
    while (marker > 0 && last[marker - 1] == 0x00)
        --marker;
    if (marker == 0 || last[marker - 1] != 0x80)
        return std::nullopt;
    return padded.first(padded.size() - block_size + marker - 1);
}

} // namespace tongka::core
