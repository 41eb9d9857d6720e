#pragma once

#include <memory>
#include <string>

#include "core/bytes.hpp"
#include "core/certificates/certificate.hpp"
#include "core/keys/secret.hpp"

namespace tongka::evidence {

inline constexpr const char* ecdsa_p256_sha256 = "ecdsa-p256-sha256";
inline constexpr const char* sm2_sm3 = "sm2-sm3"; ///< under the identifier 1234567812345678 (GM/T 0009)

/// Who signs a package, with a key that stays where it is.
class Signer {
public:
    virtual ~Signer() = default;

    /// ecdsa_p256_sha256 or sm2_sm3.
    [[nodiscard]] virtual std::string algorithm() const = 0;
    /// DER of the two numbers of the signature.
    [[nodiscard]] virtual core::Result<core::Bytes> sign(core::BytesView message) = 0;
};

/// A key of SM2 or of the curve P-256 from an encrypted file (PKCS#8, PEM or DER). An Error where it does not open, is
/// of another kind, or is not that of the certificate.
[[nodiscard]] core::Result<std::unique_ptr<Signer>> open_key_file(core::BytesView file, const core::PassPhrase& pass,
                                                                  const core::certificates::Certificate& certificate);

/// The key of the curve P-256 on a token (core/keys/token_uri.hpp) that belongs to the certificate.
[[nodiscard]] core::Result<std::unique_ptr<Signer>> open_token(const std::string& uri, const core::PassPhrase& pin,
                                                               const core::certificates::Certificate& certificate);

/// The algorithm that a certificate's key signs with; an Error for a key of another kind.
[[nodiscard]] core::Result<std::string> algorithm_of(const core::certificates::Certificate& certificate);

/// Whether this is the certificate's signature over the message.
[[nodiscard]] bool is_signature_of(const core::certificates::Certificate& certificate, core::BytesView signature,
                                   core::BytesView message);

} // namespace tongka::evidence
