#pragma once

#include <array>

#include "core/bytes.hpp"
#include "core/crypto/cipher.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// Whether data that fills its blocks gets a block of padding more (rule encryption-padding; standards.md 9 row 19).
enum class EncryptionPadding { when_needed, always };

/// Enciphers a data field for secure messaging: length (one byte) ‖ data, padded with 80 00…, unless told always only
/// where that is not a whole number of blocks, block by block (standards.md 5.1). An Error for more than 255 bytes.
[[nodiscard]] Result<Bytes> secure_messaging_encrypt(const Cipher& key, BytesView data,
                                                     EncryptionPadding padding = EncryptionPadding::when_needed);

/// The data back; an Error where length and padding do not fit, as they will not under a wrong key.
[[nodiscard]] Result<Bytes> secure_messaging_decrypt(const Cipher& key, BytesView cryptogram);

/// What EXTERNAL AUTHENTICATE sends for a random number of 4 bytes (filled up with zeros) or 8: E(K, random)
/// (standards.md 5.1). SM4: the block of 16 folded to 8 by ⊕ of its halves (standards.md 5.3, from a single source).
/// Throws std::invalid_argument for another length.
[[nodiscard]] std::array<Byte, 8> external_authentication(const Cipher& key, BytesView random);

} // namespace tongka::core
