#include "core/certificates/issuer.hpp"

#include <array>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

namespace tongka::core::certificates {
namespace {

Result<Integer> random_serial() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return openssl_failure("no random numbers");
    const auto number = not_null<BigNumber>(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return not_null<Integer>(BN_to_ASN1_INTEGER(number.get(), nullptr));
}

struct Extension {
    int kind;
    const char* value;
};

/// What each kind of certificate carries, in OpenSSL's notation (x509v3_config). The subject's key identifier stands
/// before the issuer's, which a root takes from its own.
std::array<Extension, 4> extensions(Kind kind) {
    const char* basic = kind == Kind::root   ? "critical,CA:TRUE,pathlen:1"
                        : kind == Kind::city ? "critical,CA:TRUE,pathlen:0"
                                             : "critical,CA:FALSE";
    const char* usage = is_authority(kind) ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature";
    return {{{NID_basic_constraints, basic},
             {NID_key_usage, usage},
             {NID_subject_key_identifier, "hash"},
             {NID_authority_key_identifier, "keyid:always"}}};
}

Result<void> check_order(const Validity& validity) {
    if (validity.from > validity.to)
        return fail(fmt::format("the certificate would end ({}) before it begins ({})", to_text(validity.to),
                                to_text(validity.from)));
    return {};
}

/// `issuer` is null for a certificate that signs itself.
Result<Certificate> make(const Subject& subject, EVP_PKEY* public_key, const Validity& validity,
                         const Certificate* issuer, const PrivateKey& key) {
    auto made = not_null<OpensslCertificate>(X509_new());
    auto* x = made.get();
    TONGKA_TRY(const auto name, to_name(subject));
    TONGKA_TRY(const auto serial, random_serial());
    TONGKA_TRY(const auto from, to_asn1(validity.from));
    TONGKA_TRY(const auto to, to_asn1(validity.to));
    const auto* issuer_name = issuer ? X509_get_subject_name(issuer->native()) : name.get();
    if (X509_set_version(x, X509_VERSION_3) != 1 || X509_set_serialNumber(x, serial.get()) != 1 ||
        X509_set_issuer_name(x, issuer_name) != 1 || X509_set1_notBefore(x, from.get()) != 1 ||
        X509_set1_notAfter(x, to.get()) != 1 || X509_set_subject_name(x, name.get()) != 1 ||
        X509_set_pubkey(x, public_key) != 1)
        return openssl_failure("the certificate cannot be made");

    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer ? issuer->native() : x, x, nullptr, nullptr, 0);
    for (const auto& [kind, value] : extensions(subject.kind)) {
        const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
            X509V3_EXT_conf_nid(nullptr, &context, kind, value));
        if (!extension || X509_add_ext(x, extension.get(), -1) != 1)
            return openssl_failure("the certificate's extensions cannot be made");
    }
    TONGKA_TRY(const auto signing, key.signing());
    if (X509_sign_ctx(x, signing.get()) <= 0)
        return openssl_failure("the certificate cannot be signed");
    // Read back, so that what is handed on is what others will read.
    return Certificate::read(to_der<X509>(x, i2d_X509));
}

Result<void> may_issue(const Issuer& issuer, Kind kind) {
    const auto& certificate = issuer.certificate;
    const auto who = certificate.subject();
    if (kind == Kind::root)
        return fail("nobody issues a root: it signs itself");
    if (!certificate.is_authority() || !certificate.allows(KU_KEY_CERT_SIGN))
        return fail(fmt::format("'{}' is not a CA and cannot issue certificates", who));
    if (const bool city = certificate.path_length() == 0; city == is_authority(kind))
        return fail(fmt::format("'{}' is a {} and cannot issue a {}", who, city ? "city" : "root", name(kind)));
    return {};
}

} // namespace

Result<Issuer> Issuer::create(Certificate certificate, PrivateKey key) {
    if (X509_check_private_key(certificate.native(), key.native()) != 1)
        return openssl_failure(fmt::format("the private key is not the one of '{}'", certificate.subject()));
    return Issuer{std::move(certificate), std::move(key)};
}

Result<Certificate> new_root(const Subject& subject, const Validity& validity, const PrivateKey& key) {
    if (subject.kind != Kind::root)
        return fail(fmt::format("a {} cannot sign itself", name(subject.kind)));
    TONGKA_CHECK(check_order(validity));
    return make(subject, key.native(), validity, nullptr, key);
}

Result<Certificate> issue(const Request& request, const Validity& validity, const Issuer& issuer) {
    TONGKA_CHECK(may_issue(issuer, request.subject().kind));
    TONGKA_CHECK(check_order(validity));
    const auto limits = issuer.certificate.validity();
    if (!limits || validity.from < limits->from || validity.to > limits->to)
        return fail(fmt::format("{} to {} goes beyond the issuer's validity{}", to_text(validity.from),
                                to_text(validity.to),
                                limits ? fmt::format(" ({} to {})", to_text(limits->from), to_text(limits->to)) : ""));
    if (EVP_PKEY_eq(request.public_key(), issuer.key.native()) == 1)
        return fail("the request has the issuer's own key");
    return make(request.subject(), request.public_key(), validity, &issuer.certificate, issuer.key);
}

} // namespace tongka::core::certificates
