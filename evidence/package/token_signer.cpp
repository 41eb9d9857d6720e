#include <openssl/ecdsa.h>

#include "core/certificates/encoding.hpp"
#include "core/crypto/sha256.hpp"
#include "core/keys/token_session.hpp"
#include "core/keys/token_uri.hpp"
#include "evidence/package/signature.hpp"

namespace tongka::evidence {
namespace {

using core::Bytes;
using core::BytesView;
using core::TokenSession;
using core::certificates::Certificate;
using core::certificates::Freed;

using Numbers = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

/// A token gives the two numbers one behind the other (PKCS#11, CKM_ECDSA), X.509 wants them in DER.
Bytes der_of(BytesView plain) {
    const auto half = static_cast<int>(plain.size() / 2);
    const auto numbers = core::certificates::not_null<Numbers>(ECDSA_SIG_new());
    ECDSA_SIG_set0(numbers.get(), BN_bin2bn(plain.data(), half, nullptr),
                   BN_bin2bn(plain.data() + half, half, nullptr));
    return core::certificates::to_der<ECDSA_SIG>(numbers.get(), i2d_ECDSA_SIG);
}

class TokenSigner final : public Signer {
public:
    TokenSigner(std::unique_ptr<TokenSession> session, TokenSession::Object key)
        : session_(std::move(session)), key_(key) {}
    std::string algorithm() const override { return ecdsa_p256_sha256; }
    core::Result<Bytes> sign(BytesView message) override { return sign_with(*session_, key_, message); }

    static core::Result<Bytes> sign_with(TokenSession& session, TokenSession::Object key, BytesView message) {
        TONGKA_TRY(const auto plain, session.sign(key, core::sha256(message)));
        return der_of(plain);
    }

private:
    std::unique_ptr<TokenSession> session_;
    TokenSession::Object key_;
};

} // namespace

core::Result<std::unique_ptr<Signer>> open_token(const std::string& uri, const core::PassPhrase& pin,
                                                 const Certificate& certificate) {
    TONGKA_TRY(const auto place, core::parse_token_uri(uri));
    TONGKA_TRY(const auto algorithm, algorithm_of(certificate));
    if (algorithm != ecdsa_p256_sha256)
        return core::fail("a token signs with keys of the curve P-256 alone; that of the certificate is one of SM2");
    TONGKA_TRY(auto module, TokenSession::load(place.module));
    TONGKA_TRY(auto session, TokenSession::open(std::move(module), place.label, pin, false));
    core::TokenAttributes wanted;
    wanted.add_number(CKA_CLASS, CKO_PRIVATE_KEY).add_number(CKA_KEY_TYPE, CKK_EC);
    TONGKA_TRY(const auto keys, session->find(std::move(wanted)));
    // A private key tells nobody whose it is: the one whose signature fits the certificate is.
    const Bytes probe{0x54, 0x4B};
    for (const auto key : keys) {
        const auto signature = TokenSigner::sign_with(*session, key, probe);
        if (signature && is_signature_of(certificate, *signature, probe))
            return std::make_unique<TokenSigner>(std::move(session), key);
    }
    return core::fail("token " + place.label + ": has no key that belongs to the certificate");
}

} // namespace tongka::evidence
