#pragma once

#include <initializer_list>

#include "simulator/card/tests/hand_arithmetic.hpp"

/// Diversification, session keys and transaction MACs of standards.md 5.1 and 5.3 by hand, beside hand_arithmetic.hpp.
namespace tongka::simulator::by_hand {

inline std::string complement(const std::string& hex) {
    core::Bytes flipped = bytes(hex);
    for (auto& byte : flipped)
        byte = static_cast<core::Byte>(~byte);
    return core::to_hex(flipped);
}

/// Block by block; `hex` is whole blocks.
inline std::string enciphered(const HandKey& key, const std::string& hex) {
    const core::Bytes data = bytes(hex);
    std::string cryptogram;
    for (auto at = data.begin(); at != data.end(); at += static_cast<std::ptrdiff_t>(key.block()))
        cryptogram += core::to_hex(encipher(key, {at, at + static_cast<std::ptrdiff_t>(key.block())}));
    return cryptogram;
}

/// 3DES(K, F) ‖ 3DES(K, ~F), or SM4(K, F ‖ ~F), factor by factor.
inline HandKey diversified(HandKey key, std::initializer_list<std::string> factors) {
    for (const auto& factor : factors)
        key.hex = enciphered(key, factor + complement(factor));
    return key;
}

inline HandKey session_of(const HandKey& key, const std::string& input) {
    return {enciphered(key, key.sm4 ? input + complement(input) : input), key.sm4};
}

/// Left half ⊕ right half.
inline HandKey folded(const HandKey& key) {
    core::Bytes left = bytes(key.hex.substr(0, 16));
    const core::Bytes right = bytes(key.hex.substr(16));
    for (std::size_t i = 0; i < left.size(); ++i)
        left[i] ^= right[i];
    return {core::to_hex(left)};
}

/// Left 4 bytes of a CBC from zero.
inline std::string mac(const HandKey& key, const std::string& data) {
    return mac(key, std::string(), data);
}

} // namespace tongka::simulator::by_hand
