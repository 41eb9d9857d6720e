#include "core/crypto/secure_messaging.hpp"

#include <stdexcept>

#include "core/crypto/padding.hpp"

namespace tongka::core {

Result<Bytes> secure_messaging_encrypt(const Cipher& key, BytesView data, EncryptionPadding padding) {
    if (data.size() > 0xFF)
        return fail("enciphered data is at most 255 bytes long, not " + std::to_string(data.size()));
    Bytes block{static_cast<Byte>(data.size())};
    append(block, data);
    if (padding == EncryptionPadding::always || block.size() % key.block_size() != 0)
        block = pad(block, key.block_size());
    key.encrypt(block, block);
    return block;
}

Result<Bytes> secure_messaging_decrypt(const Cipher& key, BytesView cryptogram) {
    if (cryptogram.empty() || cryptogram.size() % key.block_size() != 0)
        return fail("a cryptogram is a whole number of blocks, not " + std::to_string(cryptogram.size()) + " bytes");
    Bytes plain(cryptogram.size());
    key.decrypt(cryptogram, plain);
    const std::size_t used = 1 + std::size_t{plain[0]};
    if (used != plain.size()) {
        const auto content = unpad(plain, key.block_size());
        if (!content || content->size() != used)
            return fail("length and padding of the deciphered data do not fit");
    }
    return Bytes(plain.begin() + 1, plain.begin() + static_cast<std::ptrdiff_t>(used));
}

std::array<Byte, 8> external_authentication(const Cipher& key, BytesView random) {
    if (random.size() != 4 && random.size() != 8)
        throw std::invalid_argument("the random number of an external authentication has 4 or 8 bytes");
    std::array<Byte, 16> block{};
    std::ranges::copy(random, block.begin());
    key.encrypt_block(block.data());
    std::array<Byte, 8> cryptogram;
    for (std::size_t i = 0; i < cryptogram.size(); ++i)
        cryptogram[i] = key.algorithm() == Algorithm::sm4 ? block[i] ^ block[8 + i] : block[i];
    return cryptogram;
}

} // namespace tongka::core
