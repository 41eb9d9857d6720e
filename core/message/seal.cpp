#include "core/message/seal.hpp"

namespace tongka::core::message {
namespace {

Bytes seal(const Cipher& key, Frame frame, BytesView bound_to) {
    frame.mac = {};
    Bytes bytes = encode(frame);
    const std::size_t covered = bytes.size() - mac_size;
    const Mac mac = transaction_mac(key, {BytesView(bytes).first(covered), bound_to});
    std::ranges::copy(mac, bytes.begin() + static_cast<std::ptrdiff_t>(covered));
    return bytes;
}

bool is_authentic(const Cipher& key, BytesView frame, BytesView bound_to) {
    if (frame.size() < least_size)
        return false;
    return mac_equals(transaction_mac(key, {frame.first(frame.size() - mac_size), bound_to}), frame.last(mac_size));
}

} // namespace

std::array<Byte, 8> terminal_factor(const std::array<Byte, 6>& terminal) {
    std::array<Byte, 8> factor{0xFF, 0xFF};
    std::ranges::copy(terminal, factor.begin() + 2);
    return factor;
}

Bytes seal_request(const Cipher& working_key, Frame frame) {
    return seal(working_key, std::move(frame), {});
}

Bytes seal_reply(const Cipher& working_key, Frame frame, const Mac& request) {
    return seal(working_key, std::move(frame), request);
}

bool request_is_authentic(const Cipher& working_key, BytesView frame) {
    return is_authentic(working_key, frame, {});
}

bool reply_is_authentic(const Cipher& working_key, BytesView frame, const Mac& request) {
    return is_authentic(working_key, frame, request);
}

} // namespace tongka::core::message
