#pragma once

#include <string_view>

#include "core/bytes.hpp"
#include "core/certificates/encoding.hpp"
#include "core/certificates/openssl.hpp"

namespace tongka::core::certificates {

/// Who signs, as SM2 mixes it into the hash: the default of GM/T 0009.
inline constexpr std::string_view distinguishing_id = "1234567812345678";

/// The private key in an encrypted file (PKCS#8, PEM or DER), of whatever kind it is. One Error for a wrong pass phrase and
/// for damage, which encryption makes look alike; another for a key in clear.
[[nodiscard]] Result<OpensslKey> read_key(BytesView file, std::string_view pass_phrase);

/// An SM2 private key. It leaves the object encrypted alone: as PKCS#8 under PBES2 with scrypt (RFC 7914; N 16384, r 8,
/// p 5: the memory that OpenSSL reads back without asking) and AES-256-CBC.
class PrivateKey {
public:
    /// A new key, of OpenSSL's own random numbers.
    [[nodiscard]] static Result<PrivateKey> generate();

    /// As read_key; an Error too for a key that is not one of SM2.
    [[nodiscard]] static Result<PrivateKey> read(BytesView file, std::string_view pass_phrase);

    [[nodiscard]] Result<Bytes> encrypted(std::string_view pass_phrase, Form form) const;

    [[nodiscard]] EVP_PKEY* native() const { return key_.get(); }

    /// A context for one SM2/SM3 signature under the distinguishing identifier, as OpenSSL's X509_…sign_ctx take it.
    [[nodiscard]] Result<DigestContext> signing() const;

private:
    explicit PrivateKey(OpensslKey key) : key_(std::move(key)) {}

    OpensslKey key_;
};

/// Whether the key is one on the curve of SM2.
[[nodiscard]] bool is_sm2(const EVP_PKEY* key);

/// Whether `signature` is one of SM2 with SM3 over `message`, by the private half of `key`.
[[nodiscard]] bool verifies(EVP_PKEY* key, BytesView signature, BytesView message);

} // namespace tongka::core::certificates
