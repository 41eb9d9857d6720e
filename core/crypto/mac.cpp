#include "core/crypto/mac.hpp"

#include <stdexcept>

#include <botan/mem_ops.h>

namespace tongka::core {

MacStream::MacStream(const Cipher& cipher, BytesView iv) : cipher_(cipher), block_size_(cipher.block_size()) {
    if (iv.size() > block_size_)
        throw std::invalid_argument("the initial value of a MAC is at most one block");
    std::ranges::copy(iv, state_.begin());
}

void MacStream::update(BytesView piece) {
    for (Byte byte : piece) {
        state_[position_] ^= byte;
        if (++position_ == block_size_) {
            cipher_.encrypt_chained(state_.data());
            position_ = 0;
        }
    }
}

Mac MacStream::finish() {
    state_[position_] ^= 0x80;
    cipher_.encrypt_block(state_.data());
    return {state_[0], state_[1], state_[2], state_[3]};
}

static Mac finish_over(MacStream stream, std::initializer_list<BytesView> pieces) {
    for (auto piece : pieces)
        stream.update(piece);
    return stream.finish();
}

Mac transaction_mac(const Cipher& key, std::initializer_list<BytesView> pieces) {
    return finish_over(MacStream(key), pieces);
}

Mac transaction_mac(const Cipher& key, BytesView data) {
    return finish_over(MacStream(key), {data});
}

Mac secure_messaging_mac(const Cipher& key, BytesView challenge, std::initializer_list<BytesView> pieces) {
    if (challenge.size() != 4 && challenge.size() != 8)
        throw std::invalid_argument("the challenge of secure messaging has 4 or 8 bytes");
    return finish_over(MacStream(key, challenge), pieces);
}

Mac secure_messaging_mac(const Cipher& key, BytesView challenge, BytesView data) {
    return secure_messaging_mac(key, challenge, std::initializer_list<BytesView>{data});
}

bool mac_equals(const Mac& expected, BytesView received) {
    return received.size() == expected.size() &&
           Botan::constant_time_compare(expected.data(), received.data(), expected.size());
}

} // namespace tongka::core
