#include "core/certificates/tests/chain.hpp"

#include <openssl/x509v3.h>

namespace tongka::core::certificates::test {

Certificate odd_certificate(const std::string& name, EVP_PKEY* key, const Issuer& issuer, const char* constraints,
                            const char* usage) {
    auto made = not_null<OpensslCertificate>(X509_new());
    auto* x = made.get();
    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 77);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(issuer.certificate.native()));
    X509_set1_notBefore(x, must(to_asn1(day(0))).get());
    X509_set1_notAfter(x, must(to_asn1(day(40))).get());
    X509_set_pubkey(x, key);
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer.certificate.native(), x, nullptr, nullptr, 0);
    for (auto [kind, value] : {std::pair(NID_basic_constraints, constraints), std::pair(NID_key_usage, usage)}) {
        if (value == nullptr)
            continue;
        const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
            X509V3_EXT_conf_nid(nullptr, &context, kind, value));
        X509_add_ext(x, extension.get(), -1);
    }
    if (X509_sign_ctx(x, must(issuer.key.signing()).get()) <= 0)
        throw std::runtime_error("not signed");
    return must(Certificate::read(to_der<X509>(x, i2d_X509)));
}

} // namespace tongka::core::certificates::test
