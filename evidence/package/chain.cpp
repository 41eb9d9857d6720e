#include "evidence/package/chain.hpp"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

namespace tongka::evidence {
namespace {

using namespace core::certificates;
using core::Clock;

using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

bool is_made_by(const RevocationList& list, const Certificate& issuer) {
    const bool right = list.names_issuer(issuer) &&
                       (issuer.has_sm2_key() ? list.is_signed_by(issuer)
                                             : X509_CRL_verify(list.native(), X509_get0_pubkey(issuer.native())) == 1);
    ERR_clear_error();
    return right;
}

/// Why a certificate does not hold by its issuer's lists; empty where it holds.
std::string revoked(const Certificate& certificate, const Certificate& issuer, const std::vector<RevocationList>& lists,
                    Clock::Time at) {
    const auto list = std::ranges::find_if(lists, [&](const auto& one) { return is_made_by(one, issuer); });
    if (list == lists.end())
        return fmt::format("{}: there is no revocation list of its issuer", certificate.subject());
    if (const auto entry = list->find(certificate); entry && entry->since <= at)
        return fmt::format("{}: was revoked on {} ({})", certificate.subject(), to_text(entry->since),
                           name(entry->reason));
    return {};
}

} // namespace

ChainVerdict check_chain(const std::vector<Certificate>& certificates, const Trust& trust, Clock::Time at) {
    ChainVerdict verdict;
    const auto& signer = certificates.front();
    if (X509_get_extension_flags(signer.native()) & EXFLAG_KUSAGE && !signer.allows(KU_DIGITAL_SIGNATURE))
        return {fmt::format("{}: is not for signing (keyUsage)", signer.subject()), {}, {}};

    const auto store = not_null<Store>(X509_STORE_new());
    for (const auto& root : trust.roots)
        X509_STORE_add_cert(store.get(), root.native());
    const auto between = not_null<Stack>(sk_X509_new_null());
    for (const auto& one : certificates)
        sk_X509_push(between.get(), one.native());
    const auto context = not_null<StoreContext>(X509_STORE_CTX_new());
    if (X509_STORE_CTX_init(context.get(), store.get(), signer.native(), between.get()) != 1)
        throw std::bad_alloc();
    auto* parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters, Clock::Time::clock::to_time_t(at));
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
    if (X509_verify_cert(context.get()) != 1) {
        const auto* wrong = X509_STORE_CTX_get_current_cert(context.get());
        ERR_clear_error();
        const int why = X509_STORE_CTX_get_error(context.get());
        const bool untrusted =
            why == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT || why == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
            why == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY || why == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT;
        verdict.problem =
            fmt::format("{}: {}", wrong != nullptr ? to_text(X509_get_subject_name(wrong)) : signer.subject(),
                        untrusted ? "leads to no certificate that is trusted" : X509_verify_cert_error_string(why));
        return verdict;
    }

    std::vector<Certificate> chain;
    const auto* found = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(found); ++i) {
        auto* one = sk_X509_value(found, i);
        X509_up_ref(one);
        chain.emplace_back(OpensslCertificate(one));
    }
    verdict.root = chain.back().subject();
    verdict.expires = chain.front().validity().value_or(Validity{}).to;
    for (const auto& one : chain)
        verdict.expires = std::min(verdict.expires, one.validity().value_or(Validity{}).to);
    for (std::size_t i = 0; i + 1 < chain.size() && !trust.lists.empty() && verdict.problem.empty(); ++i)
        verdict.problem = revoked(chain[i], chain[i + 1], trust.lists, at);
    return verdict;
}

} // namespace tongka::evidence
