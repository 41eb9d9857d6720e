#pragma once

#include "core/certificates/private_key.hpp"
#include "core/certificates/subject.hpp"

namespace tongka::core::certificates {

/// A request for a certificate (PKCS#10), signed with the key that it is for.
class Request {
public:
    [[nodiscard]] static Result<Request> create(const Subject& subject, const PrivateKey& key);

    /// PEM or DER. An Error unless the key is of SM2, the signature is right (who asks holds the private key), and the
    /// subject is one of subject.hpp.
    [[nodiscard]] static Result<Request> read(BytesView file);

    [[nodiscard]] Bytes encoded(Form form) const;
    [[nodiscard]] const Subject& subject() const { return subject_; }
    [[nodiscard]] EVP_PKEY* public_key() const { return X509_REQ_get0_pubkey(request_.get()); }

private:
    Request(OpensslRequest request, Subject subject) : request_(std::move(request)), subject_(std::move(subject)) {}

    OpensslRequest request_;
    Subject subject_;
};

} // namespace tongka::core::certificates
