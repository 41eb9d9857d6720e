#include "core/crypto/cipher.hpp"

#include <stdexcept>

#include <botan/block_cipher.h>

namespace tongka::core {

static std::unique_ptr<Botan::BlockCipher> make_engine(Algorithm algorithm) {
    switch (algorithm) {
    case Algorithm::triple_des:
        return Botan::BlockCipher::create_or_throw("TripleDES");
    case Algorithm::des:
        return Botan::BlockCipher::create_or_throw("DES");
    case Algorithm::sm4:
        return Botan::BlockCipher::create_or_throw("SM4");
    }
    throw std::invalid_argument("no such algorithm");
}

Cipher::Cipher(const Key& key) : algorithm_(key.algorithm()) {
    set_key(key);
}
Cipher::Cipher(Cipher&&) noexcept = default;
Cipher& Cipher::operator=(Cipher&&) noexcept = default;
Cipher::~Cipher() = default;

void Cipher::set_key(const Key& key) {
    if (!engine_ || algorithm_ != key.algorithm()) {
        algorithm_ = key.algorithm();
        engine_ = make_engine(algorithm_);
        left_half_ = algorithm_ == Algorithm::triple_des ? make_engine(Algorithm::des) : nullptr;
    }
    engine_->set_key(key.bytes().data(), key.bytes().size());
    if (left_half_)
        left_half_->set_key(key.bytes().data(), 8);
}

static std::size_t count_blocks(BytesView in, std::span<Byte> out, std::size_t block_size) {
    if (in.size() != out.size() || in.size() % block_size != 0)
        throw std::invalid_argument("a block cipher takes whole blocks, and gives back as many");
    return in.size() / block_size;
}

void Cipher::encrypt(BytesView in, std::span<Byte> out) const {
    engine_->encrypt_n(in.data(), out.data(), count_blocks(in, out, block_size()));
}

void Cipher::decrypt(BytesView in, std::span<Byte> out) const {
    engine_->decrypt_n(in.data(), out.data(), count_blocks(in, out, block_size()));
}

void Cipher::encrypt_block(Byte* block) const {
    engine_->encrypt_n(block, block, 1);
}

void Cipher::encrypt_chained(Byte* block) const {
    (left_half_ ? left_half_ : engine_)->encrypt_n(block, block, 1);
}

} // namespace tongka::core
