#pragma once

#include "core/certificates/certificate.hpp"
#include "core/certificates/private_key.hpp"
#include "core/certificates/request.hpp"

namespace tongka::core::certificates {

/// A certificate with its private key: who signs certificates and revocation lists.
struct Issuer {
    /// An Error unless the key belongs to the certificate.
    [[nodiscard]] static Result<Issuer> create(Certificate certificate, PrivateKey key);

    Certificate certificate;
    PrivateKey key;
};

/// A root that signs itself: CA with path length 1, so that cities are the only authorities below it (inferred).
[[nodiscard]] Result<Certificate> new_root(const Subject& subject, const Validity& validity, const PrivateKey& key);

/// A certificate with the subject and key of a request. A root issues cities (CA, path length 0), a city issues devices
/// (end entity, digitalSignature); anything else is an Error (inferred). So is a validity that is empty or goes beyond
/// the issuer's. The serial number is 128 random bits.
[[nodiscard]] Result<Certificate> issue(const Request& request, const Validity& validity, const Issuer& issuer);

} // namespace tongka::core::certificates
