#pragma once

#include <memory>
#include <span>

#include "core/bytes.hpp"
#include "core/crypto/key.hpp"

namespace Botan {
class BlockCipher;
}

namespace tongka::core {

/// A key made ready for use. Setting one up costs a key schedule and memory; using it costs neither, so keep it as long
/// as its key lives. Using one from several threads at once is safe, re-keying is not. Implicit from Key, so that
/// whoever computes a thing once passes the key itself.
class Cipher {
public:
    Cipher(const Key& key);
    Cipher(Cipher&&) noexcept;
    Cipher& operator=(Cipher&&) noexcept;
    ~Cipher();

    /// Takes another key in place; without allocation when the algorithm stays the same.
    void set_key(const Key& key);

    [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
    [[nodiscard]] std::size_t block_size() const { return core::block_size(algorithm_); }

    /// Block by block (ECB), any number of whole blocks; `in` and `out` have the same size and may be the same bytes.
    /// Throws std::invalid_argument on other sizes.
    void encrypt(BytesView in, std::span<Byte> out) const;
    void decrypt(BytesView in, std::span<Byte> out) const;

    /// One block in place, of block_size() bytes: the caller answers for the size.
    void encrypt_block(Byte* block) const;

    /// As encrypt_block, under the key that chains the blocks of a MAC: for 3DES single DES with the left half
    /// (ISO/IEC 9797-1, algorithm 3), else the key itself.
    void encrypt_chained(Byte* block) const;

private:
    Algorithm algorithm_;
    std::unique_ptr<Botan::BlockCipher> engine_;
    std::unique_ptr<Botan::BlockCipher> left_half_; ///< 3DES only
};

} // namespace tongka::core
