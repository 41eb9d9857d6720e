#pragma once

#include <array>
#include <initializer_list>

#include "core/bytes.hpp"
#include "core/crypto/cipher.hpp"

namespace tongka::core {

/// Every MAC and TAC of the purse is the left 4 bytes of a last block.
using Mac = std::array<Byte, 4>;

/// A MAC under way: take pieces in order, then finish. CBC over the data with padding `80 00…` (always added), whose
/// last block depends on the key (standards.md 5.1, 5.3):
/// - DES: single DES throughout;
/// - 3DES: single DES with the left half, the last block with the whole key (ISO/IEC 9797-1, algorithm 3: "retail
/// MAC");
/// - SM4: SM4 throughout, blocks of 16.
/// Allocates nothing. The cipher must outlive it.
class MacStream {
public:
    /// `iv` is filled up with zeros to a block; longer than a block throws std::invalid_argument.
    explicit MacStream(const Cipher& cipher, BytesView iv = {});

    void update(BytesView piece);
    [[nodiscard]] Mac finish();

private:
    const Cipher& cipher_;
    std::size_t block_size_;
    std::size_t position_ = 0;
    std::array<Byte, 16> state_{};
};

/// MAC with a zero initial value over the pieces in order: MAC1, MAC2, MAC3 and GMAC under a session key, TAC under a
/// TAC key (standards.md 5.1, 5.2).
[[nodiscard]] Mac transaction_mac(const Cipher& key, std::initializer_list<BytesView> pieces);
[[nodiscard]] Mac transaction_mac(const Cipher& key, BytesView data);

/// MAC of secure messaging: the initial value is the card's random number, filled up with zeros
/// (standards.md 5.1, 5.3). `challenge` has 4 or 8 bytes, anything else throws std::invalid_argument. The pieces are
/// the header with an Lc that counts the 4 MAC bytes, and the data (enciphered, where it is).
[[nodiscard]] Mac secure_messaging_mac(const Cipher& key, BytesView challenge, std::initializer_list<BytesView> pieces);
[[nodiscard]] Mac secure_messaging_mac(const Cipher& key, BytesView challenge, BytesView data);

/// Compares in constant time; false unless `received` has 4 bytes.
[[nodiscard]] bool mac_equals(const Mac& expected, BytesView received);

} // namespace tongka::core
