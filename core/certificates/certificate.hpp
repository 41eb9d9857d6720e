#pragma once

#include <vector>

#include "core/bytes.hpp"
#include "core/certificates/encoding.hpp"
#include "core/certificates/openssl.hpp"
#include "core/certificates/time.hpp"

namespace tongka::core::certificates {

/// An X.509 certificate as it was read. Nothing but its encoding has been checked: verify.hpp says whether it is good.
/// Copies share one immutable object.
class Certificate {
public:
    /// Takes a certificate that OpenSSL made.
    explicit Certificate(OpensslCertificate made);
    Certificate(const Certificate& other);
    Certificate(Certificate&&) noexcept = default;
    Certificate& operator=(Certificate other) noexcept;
    ~Certificate() = default;

    /// One certificate, PEM or DER.
    [[nodiscard]] static Result<Certificate> read(BytesView file);

    /// All certificates of a PEM file, or the one of a DER file; at least one.
    [[nodiscard]] static Result<std::vector<Certificate>> read_all(BytesView file);

    [[nodiscard]] Bytes encoded(Form form) const;

    /// RFC 2253 text.
    [[nodiscard]] std::string subject() const;
    [[nodiscard]] std::string issuer() const;

    /// Upper-case hex.
    [[nodiscard]] std::string serial() const;

    /// Nothing where a date is not one.
    [[nodiscard]] std::optional<Validity> validity() const;

    /// Whether the key is of SM2 and the signature says that it is SM2 with SM3.
    [[nodiscard]] bool has_sm2_key() const;
    [[nodiscard]] bool has_sm2_signature() const;

    /// Whether basicConstraints say CA.
    [[nodiscard]] bool is_authority() const;
    /// How many authorities may follow below this one; nothing where the certificate sets no limit.
    [[nodiscard]] std::optional<long> path_length() const;

    /// Whether keyUsage is there and allows this (KU_KEY_CERT_SIGN and its like, openssl/x509v3.h).
    [[nodiscard]] bool allows(std::uint32_t usage) const;

    [[nodiscard]] X509* native() const { return certificate_.get(); }

private:
    OpensslCertificate certificate_;
};

} // namespace tongka::core::certificates
