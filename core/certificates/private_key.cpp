#include "core/certificates/private_key.hpp"

#include <array>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>

namespace tongka::core::certificates {
namespace {

using ClearKey = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freed<PKCS8_PRIV_KEY_INFO_free>>;
using SealedKey = std::unique_ptr<X509_SIG, Freed<X509_SIG_free>>;
using AlgorithmId = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;

constexpr std::uint64_t scrypt_n = 16384;
constexpr std::uint64_t scrypt_r = 8;
constexpr std::uint64_t scrypt_p = 5;

/// Sets the identifier in a context that was initialised for signing or verifying.
bool identify(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set1_id(context, distinguishing_id.data(), static_cast<int>(distinguishing_id.size())) == 1;
}

} // namespace

bool is_sm2(const EVP_PKEY* key) {
    std::array<char, 32> group{};
    return key != nullptr && EVP_PKEY_is_a(key, "SM2") == 1 &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
           std::string_view(group.data()) == "SM2";
}

Result<PrivateKey> PrivateKey::generate() {
    OpensslKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    if (!key)
        return openssl_failure("no SM2 key can be made");
    return PrivateKey(std::move(key));
}

Result<OpensslKey> read_key(BytesView file, std::string_view pass_phrase) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (text.find("BEGIN PRIVATE KEY") != std::string_view::npos ||
        text.find("BEGIN EC PRIVATE KEY") != std::string_view::npos)
        return fail("the private key is in clear; encrypt it (openssl pkcs8 -topk8 -scrypt -v2 aes-256-cbc)");
    TONGKA_TRY(const auto der, decode(file, key_label));
    const auto* at = der.data();
    const SealedKey sealed(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (!sealed || at != der.data() + der.size())
        return openssl_failure("not an encrypted private key (PKCS#8)");
    const ClearKey clear(PKCS8_decrypt(sealed.get(), pass_phrase.data(), static_cast<int>(pass_phrase.size())));
    OpensslKey key(clear ? EVP_PKCS82PKEY(clear.get()) : nullptr);
    if (!key)
        return openssl_failure("the pass phrase is wrong, or the key is damaged");
    return key;
}

Result<PrivateKey> PrivateKey::read(BytesView file, std::string_view pass_phrase) {
    TONGKA_TRY(auto key, read_key(file, pass_phrase));
    if (!is_sm2(key.get()))
        return fail("the private key is not one of SM2");
    return PrivateKey(std::move(key));
}

Result<Bytes> PrivateKey::encrypted(std::string_view pass_phrase, Form form) const {
    std::array<unsigned char, 16> salt{};
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1)
        return openssl_failure("no random numbers");
    AlgorithmId method(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), static_cast<int>(salt.size()), nullptr,
                                             scrypt_n, scrypt_r, scrypt_p));
    const ClearKey clear(EVP_PKEY2PKCS8(key_.get()));
    if (!method || !clear)
        return openssl_failure("the private key cannot be encrypted");
    const SealedKey sealed(
        PKCS8_set0_pbe(pass_phrase.data(), static_cast<int>(pass_phrase.size()), clear.get(), method.get()));
    if (!sealed)
        return openssl_failure("the private key cannot be encrypted");
    [[maybe_unused]] auto* now_of_sealed = method.release();
    return encode(to_der<X509_SIG>(sealed.get(), i2d_X509_SIG), key_label, form);
}

Result<DigestContext> PrivateKey::signing() const {
    auto context = not_null<DigestContext>(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    if (EVP_DigestSignInit(context.get(), &key_context, EVP_sm3(), nullptr, key_.get()) != 1 || !identify(key_context))
        return openssl_failure("this key cannot sign");
    return context;
}

bool verifies(EVP_PKEY* key, BytesView signature, BytesView message) {
    const auto context = not_null<DigestContext>(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    const bool right =
        EVP_DigestVerifyInit(context.get(), &key_context, EVP_sm3(), nullptr, key) == 1 && identify(key_context) &&
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return right;
}

} // namespace tongka::core::certificates
