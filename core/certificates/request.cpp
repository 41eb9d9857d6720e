#include "core/certificates/request.hpp"

namespace tongka::core::certificates {

Result<Request> Request::create(const Subject& subject, const PrivateKey& key) {
    TONGKA_TRY(const auto name, to_name(subject));
    auto request = not_null<OpensslRequest>(X509_REQ_new());
    TONGKA_TRY(const auto context, key.signing());
    if (X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
        X509_REQ_set_subject_name(request.get(), name.get()) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.native()) != 1 || X509_REQ_sign_ctx(request.get(), context.get()) <= 0)
        return openssl_failure("the request cannot be made");
    return Request(std::move(request), subject);
}

Result<Request> Request::read(BytesView file) {
    TONGKA_TRY(const auto der, decode(file, request_label));
    const auto* at = der.data();
    OpensslRequest request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
    if (!request)
        return openssl_failure("not a request for a certificate (PKCS#10)");
    if (!equal(to_der<X509_REQ>(request.get(), i2d_X509_REQ), der))
        return fail("the request is not in DER, or something follows it");
    auto* key = X509_REQ_get0_pubkey(request.get());
    if (!is_sm2(key))
        return openssl_failure("the request's key is not SM2");

    auto id = not_null<OctetString>(ASN1_OCTET_STRING_new());
    if (ASN1_OCTET_STRING_set(id.get(), reinterpret_cast<const unsigned char*>(distinguishing_id.data()),
                              static_cast<int>(distinguishing_id.size())) != 1)
        throw std::bad_alloc();
    X509_REQ_set0_distinguishing_id(request.get(), id.release());
    if (X509_REQ_get_signature_nid(request.get()) != NID_SM2_with_SM3 || X509_REQ_verify(request.get(), key) != 1)
        return openssl_failure("the request's signature is wrong");
    TONGKA_TRY(auto subject, read_subject(X509_REQ_get_subject_name(request.get())));
    return Request(std::move(request), std::move(subject));
}

Bytes Request::encoded(Form form) const {
    return encode(to_der<X509_REQ>(request_.get(), i2d_X509_REQ), request_label, form);
}

} // namespace tongka::core::certificates
