#include "core/certificates/certificate.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <utility>

#include <fmt/format.h>

#include "core/certificates/private_key.hpp"
#include "core/certificates/subject.hpp"
#include "core/hex.hpp"

namespace tongka::core::certificates {
namespace {

Result<Certificate> from_der(BytesView der) {
    const auto* at = der.data();
    OpensslCertificate read(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!read)
        return openssl_failure("not a certificate");
    // OpenSSL also reads BER: one certificate would then have several encodings.
    if (!equal(to_der<X509>(read.get(), i2d_X509), der))
        return fail("the certificate is not in DER, or something follows it");
    return Certificate(std::move(read));
}

} // namespace

Certificate::Certificate(OpensslCertificate made) : certificate_(std::move(made)) {
    // OpenSSL takes the identifier for SM2 from the certificate that it checks, which then owns it; another signature
    // is refused with one.
    if (has_sm2_signature()) {
        auto id = not_null<OctetString>(ASN1_OCTET_STRING_new());
        if (ASN1_OCTET_STRING_set(id.get(), reinterpret_cast<const unsigned char*>(distinguishing_id.data()),
                                  static_cast<int>(distinguishing_id.size())) != 1)
            throw std::bad_alloc();
        X509_set0_distinguishing_id(certificate_.get(), id.release());
    }
    // Reads the extensions once, before the object is shared. What is wrong in them shows in EXFLAG_INVALID.
    X509_check_purpose(certificate_.get(), -1, 0);
    ERR_clear_error();
}

Certificate::Certificate(const Certificate& other) : certificate_(other.native()) {
    X509_up_ref(certificate_.get());
}

Certificate& Certificate::operator=(Certificate other) noexcept {
    std::swap(certificate_, other.certificate_);
    return *this;
}

Result<std::vector<Certificate>> Certificate::read_all(BytesView file) {
    TONGKA_TRY(const auto all, decode_all(file, certificate_label));
    std::vector<Certificate> certificates;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto certificate = from_der(all[i]);
        if (!certificate)
            return fail(all.size() == 1 ? certificate.error()
                                        : certificate.error().at(fmt::format("certificate {}", i + 1)));
        certificates.push_back(*std::move(certificate));
    }
    return certificates;
}

Result<Certificate> Certificate::read(BytesView file) {
    TONGKA_TRY(const auto der, decode(file, certificate_label));
    return from_der(der);
}

Bytes Certificate::encoded(Form form) const {
    return encode(to_der<X509>(native(), i2d_X509), certificate_label, form);
}

std::string Certificate::subject() const {
    return to_text(X509_get_subject_name(native()));
}

std::string Certificate::issuer() const {
    return to_text(X509_get_issuer_name(native()));
}

std::string Certificate::serial() const {
    const auto* serial = X509_get0_serialNumber(native());
    return to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

std::optional<Validity> Certificate::validity() const {
    const auto from = from_asn1(X509_get0_notBefore(native()));
    const auto to = from_asn1(X509_get0_notAfter(native()));
    if (!from || !to)
        return std::nullopt;
    return Validity{*from, *to};
}

bool Certificate::has_sm2_key() const {
    const bool sm2 = is_sm2(X509_get0_pubkey(native()));
    ERR_clear_error();
    return sm2;
}

bool Certificate::has_sm2_signature() const {
    return X509_get_signature_nid(native()) == NID_SM2_with_SM3;
}

bool Certificate::is_authority() const {
    return (X509_get_extension_flags(native()) & EXFLAG_CA) != 0;
}

std::optional<long> Certificate::path_length() const {
    const long length = X509_get_pathlen(native());
    return length < 0 ? std::nullopt : std::optional(length);
}

bool Certificate::allows(std::uint32_t usage) const {
    return (X509_get_extension_flags(native()) & EXFLAG_KUSAGE) != 0 && (X509_get_key_usage(native()) & usage) == usage;
}

} // namespace tongka::core::certificates
