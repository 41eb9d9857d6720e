#include "evidence/package/signature.hpp"

#include <array>
#include <openssl/ec.h>
#include <openssl/err.h>

#include "core/certificates/private_key.hpp"

namespace tongka::evidence {
namespace {

using core::Bytes;
using core::BytesView;
using core::certificates::Certificate;
using core::certificates::DigestContext;
using core::certificates::not_null;
using core::certificates::openssl_failure;
using core::certificates::OpensslKey;

bool is_p256(const EVP_PKEY* key) {
    std::array<char, 32> group{};
    return key != nullptr && EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
           std::string_view(group.data()) == "prime256v1";
}

/// Sets a context up for either algorithm.
template <typename Init>
bool begin(EVP_MD_CTX* context, EVP_PKEY* key, Init init) {
    if (is_p256(key))
        return init(context, nullptr, EVP_sha256(), nullptr, key) == 1;
    using core::certificates::distinguishing_id;
    EVP_PKEY_CTX* of_key = nullptr;
    return init(context, &of_key, EVP_sm3(), nullptr, key) == 1 &&
           EVP_PKEY_CTX_set1_id(of_key, distinguishing_id.data(), static_cast<int>(distinguishing_id.size())) == 1;
}

class KeySigner final : public Signer {
public:
    KeySigner(OpensslKey key, std::string algorithm) : key_(std::move(key)), algorithm_(std::move(algorithm)) {}
    std::string algorithm() const override { return algorithm_; }
    core::Result<Bytes> sign(BytesView message) override {
        const auto context = not_null<DigestContext>(EVP_MD_CTX_new());
        Bytes signature(128);
        std::size_t size = signature.size();
        if (!begin(context.get(), key_.get(), EVP_DigestSignInit) ||
            EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
            return openssl_failure("the key cannot sign");
        signature.resize(size);
        return signature;
    }

private:
    OpensslKey key_;
    std::string algorithm_;
};

} // namespace

core::Result<std::string> algorithm_of(const Certificate& certificate) {
    const auto* key = X509_get0_pubkey(certificate.native());
    if (is_p256(key))
        return std::string(ecdsa_p256_sha256);
    if (core::certificates::is_sm2(key))
        return std::string(sm2_sm3);
    return core::fail("the key of the certificate is neither one of SM2 nor one of the curve P-256");
}

bool is_signature_of(const Certificate& certificate, BytesView signature, BytesView message) {
    auto* key = X509_get0_pubkey(certificate.native());
    if (key == nullptr)
        return false;
    const auto context = not_null<DigestContext>(EVP_MD_CTX_new());
    const bool right =
        begin(context.get(), key, EVP_DigestVerifyInit) &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return right;
}

core::Result<std::unique_ptr<Signer>> open_key_file(BytesView file, const core::PassPhrase& pass,
                                                    const Certificate& certificate) {
    TONGKA_TRY(auto key, core::certificates::read_key(file, {reinterpret_cast<const char*>(pass.data()), pass.size()}));
    TONGKA_TRY(auto algorithm, algorithm_of(certificate));
    if (EVP_PKEY_eq(key.get(), X509_get0_pubkey(certificate.native())) != 1) {
        ERR_clear_error();
        return core::fail("the key is not that of the certificate");
    }
    return std::make_unique<KeySigner>(std::move(key), std::move(algorithm));
}

} // namespace tongka::evidence
