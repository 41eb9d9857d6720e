#pragma once

#include <string>

#include "core/crypto/cipher.hpp"
#include "core/hex.hpp"

/// The arithmetic of standards.md 5.1 and 5.3 once more, block by block and in hexadecimal: of core/crypto it takes the
/// block ciphers single DES and SM4 alone, so that a card is not measured with its own yardstick.
namespace tongka::simulator::by_hand {

/// 16 hexadecimal digits: DES; 32: 3DES or SM4.
struct HandKey {
    std::string hex;
    bool sm4 = false;

    [[nodiscard]] std::size_t block() const { return sm4 ? 16 : 8; }
    [[nodiscard]] bool two_halves() const { return !sm4 && hex.size() == 32; }
};

inline core::Bytes bytes(const std::string& hex) {
    return core::from_hex(hex).value();
}

/// One block through single DES or SM4.
inline core::Bytes once(const std::string& key, bool sm4, core::Bytes block, bool forwards = true) {
    const core::Cipher cipher(core::Key::create(sm4 ? core::Algorithm::sm4 : core::Algorithm::des, bytes(key)).value());
    forwards ? cipher.encrypt(block, block) : cipher.decrypt(block, block);
    return block;
}

/// E(K, block): for a double-length key encipher left, decipher right, encipher left.
inline core::Bytes encipher(const HandKey& key, const core::Bytes& block) {
    if (!key.two_halves())
        return once(key.hex, key.sm4, block);
    const auto left = key.hex.substr(0, 16);
    return once(left, false, once(key.hex.substr(16), false, once(left, false, block), false));
}

inline core::Bytes padded(core::Bytes data, std::size_t block) {
    data.push_back(0x80);
    while (data.size() % block != 0)
        data.push_back(0);
    return data;
}

/// Left 4 bytes of a CBC from `challenge` on: single, with the whole key at its end.
inline std::string mac(const HandKey& key, const std::string& challenge, const std::string& data) {
    const auto left = key.two_halves() ? key.hex.substr(0, 16) : key.hex;
    core::Bytes state = bytes(challenge);
    state.resize(key.block());
    const auto message = padded(bytes(data), key.block());
    for (std::size_t at = 0; at < message.size(); at += key.block()) {
        for (std::size_t i = 0; i < key.block(); ++i)
            state[i] ^= message[at + i];
        state = once(left, key.sm4, state);
    }
    if (key.two_halves())
        state = once(left, false, once(key.hex.substr(16), false, state, false));
    return core::to_hex(state).substr(0, 8);
}

/// The single-DES key that rule secure-messaging-mac: session makes of a challenge.
inline HandKey session(const HandKey& key, const std::string& challenge) {
    core::Bytes input = bytes(challenge);
    input.resize(8);
    return {core::to_hex(encipher(key, input))};
}

/// Length ‖ data, padded where it must be or `always`, each block on its own.
inline std::string sealed(const HandKey& key, const std::string& data, bool always = false) {
    core::Bytes plain = bytes(data);
    plain.insert(plain.begin(), static_cast<core::Byte>(plain.size()));
    if (always || plain.size() % key.block() != 0)
        plain = padded(plain, key.block());
    std::string cryptogram;
    for (auto at = plain.begin(); at != plain.end(); at += static_cast<std::ptrdiff_t>(key.block()))
        cryptogram += core::to_hex(encipher(key, {at, at + static_cast<std::ptrdiff_t>(key.block())}));
    return cryptogram;
}

/// What EXTERNAL AUTHENTICATION sends; with SM4 the two halves of the block ⊕.
inline std::string authentication(const HandKey& key, const std::string& challenge) {
    core::Bytes block = bytes(challenge);
    block.resize(key.block());
    block = encipher(key, block);
    for (std::size_t i = 8; i < block.size(); ++i)
        block[i - 8] ^= block[i];
    return core::to_hex(block).substr(0, 16);
}

} // namespace tongka::simulator::by_hand
