#include "core/crypto/derivation.hpp"

#include <stdexcept>

namespace tongka::core {

using Pair = std::array<Byte, 16>;

static Pair with_complement(Factor factor) {
    Pair pair;
    for (std::size_t i = 0; i < 8; ++i) {
        pair[i] = factor[i];
        pair[8 + i] = static_cast<Byte>(~factor[i]);
    }
    return pair;
}

static Key des_key_from_one_block(const Cipher& key, Factor input) {
    std::array<Byte, 8> block;
    std::ranges::copy(input, block.begin());
    key.encrypt_block(block.data());
    return Key::des(block);
}

static Key sm4_key_from_one_block(const Cipher& key, Factor input) {
    Pair block = with_complement(input);
    key.encrypt_block(block.data());
    return Key::sm4(block);
}

Key diversify(const Cipher& master, Factor factor) {
    if (master.algorithm() == Algorithm::des)
        return des_key_from_one_block(master, factor);
    if (master.algorithm() == Algorithm::sm4)
        return sm4_key_from_one_block(master, factor);
    Pair halves = with_complement(factor);
    master.encrypt(halves, halves);
    return Key::triple_des(halves);
}

void derive_with(const Cipher& master, std::span<const std::array<Byte, 8>> factors, std::span<Byte> keys) {
    if (master.algorithm() == Algorithm::des || keys.size() != 16 * factors.size())
        throw std::invalid_argument("derive_with gives 16 bytes for each factor");
    for (std::size_t at = 0; at < factors.size(); ++at)
        std::ranges::copy(with_complement(factors[at]), keys.begin() + static_cast<std::ptrdiff_t>(16 * at));
    master.encrypt(keys, keys);
}

Key diversify(const Key& master, std::span<const std::array<Byte, 8>> factors) {
    Key key = master;
    for (const auto& factor : factors)
        key = diversify(Cipher(key), factor);
    return key;
}

Key session_key(const Cipher& key, Factor input) {
    return key.algorithm() == Algorithm::sm4 ? sm4_key_from_one_block(key, input) : des_key_from_one_block(key, input);
}

Key tac_key(const Key& key) {
    if (key.algorithm() != Algorithm::triple_des)
        return key;
    std::array<Byte, 8> folded;
    for (std::size_t i = 0; i < folded.size(); ++i)
        folded[i] = key.bytes()[i] ^ key.bytes()[8 + i];
    return Key::des(folded);
}

} // namespace tongka::core
