#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string_view>

#include "core/result.hpp"

namespace tongka::core::certificates {

/// Frees what OpenSSL allocated, by the function that goes with the type.
template <auto free_function>
struct Freed {
    template <typename T>
    void operator()(T* object) const {
        free_function(object);
    }
};

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using OpensslKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using OpensslCertificate = std::unique_ptr<X509, Freed<X509_free>>;
using OpensslRequest = std::unique_ptr<X509_REQ, Freed<X509_REQ_free>>;
using OpensslList = std::unique_ptr<X509_CRL, Freed<X509_CRL_free>>;
using OpensslName = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, Freed<ASN1_INTEGER_free>>;
using OctetString = std::unique_ptr<ASN1_OCTET_STRING, Freed<ASN1_OCTET_STRING_free>>;
using Asn1Time = std::unique_ptr<ASN1_TIME, Freed<ASN1_TIME_free>>;

/// `what`, and why OpenSSL says so (its first reason). Empties OpenSSL's queue of errors.
[[nodiscard]] tl::unexpected<Error> openssl_failure(std::string_view what);

/// The object; throws std::bad_alloc for null. For calls that can fail only where memory has run out.
template <typename Owner>
[[nodiscard]] Owner not_null(typename Owner::pointer object) {
    if (object == nullptr)
        throw std::bad_alloc();
    return Owner(object);
}

} // namespace tongka::core::certificates
