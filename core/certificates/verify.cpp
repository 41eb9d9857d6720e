#include "core/certificates/verify.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <optional>

#include <fmt/format.h>

namespace tongka::core::certificates {
namespace {

using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

/// Of borrowed certificates.
struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

std::string subject_of(const X509* certificate) {
    return certificate ? to_text(X509_get_subject_name(certificate)) : std::string("?");
}

Fault fault_of(int error) {
    switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SUBJECT_ISSUER_MISMATCH:
    case X509_V_ERR_AKID_SKID_MISMATCH:
    case X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH:
        return Fault::wrong_issuer;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return Fault::untrusted;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
        return Fault::bad_signature;
    case X509_V_ERR_INVALID_CA:
        return Fault::not_authority;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        return Fault::path_too_long;
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        return Fault::key_usage;
    default:
        return Fault::malformed;
    }
}

/// A certificate of the chain's end names somebody as its issuer whom OpenSSL did not take: who, and why not.
Problem missing_issuer(const X509* end, const Trust& trust) {
    Problem problem{Fault::wrong_issuer, subject_of(end),
                    fmt::format("'{}' is not among them", to_text(X509_get_issuer_name(end)))};
    const auto look_at = [&](const Certificate& candidate) {
        auto* issued = const_cast<X509*>(end); // OpenSSL writes no more to it: its extensions have been read
        const int why = X509_check_issued(candidate.native(), issued);
        if (why == X509_V_OK || why == X509_V_ERR_SUBJECT_ISSUER_MISMATCH)
            return;
        problem.detail =
            fmt::format("'{}' has its issuer's name, but: {}", candidate.subject(), X509_verify_cert_error_string(why));
    };
    for (const auto& candidate : trust.between)
        look_at(candidate);
    look_at(trust.root);
    return problem;
}

struct Collected {
    const Trust& trust;
    std::vector<Problem> problems;
};

/// What check_one tells in clearer words.
bool is_told_elsewhere(Fault fault, const X509* about) {
    if (about == nullptr)
        return false;
    auto* certificate = const_cast<X509*>(about); // its extensions have been read: nothing is written
    const bool authority = (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0;
    const bool signs = (X509_get_key_usage(certificate) & KU_KEY_CERT_SIGN) != 0;
    return (fault == Fault::bad_signature && X509_get_signature_nid(about) != NID_SM2_with_SM3) ||
           ((fault == Fault::not_authority || fault == Fault::key_usage) && (!authority || !signs));
}

/// OpenSSL tells each error here; going on after it shows the others.
int collect(int fine, X509_STORE_CTX* context) {
    if (fine != 0)
        return 1;
    auto& collected = *static_cast<Collected*>(X509_STORE_CTX_get_app_data(context));
    const int error = X509_STORE_CTX_get_error(context);
    const X509* about = X509_STORE_CTX_get_current_cert(context);
    const auto fault = fault_of(error);
    // OpenSSL tells twice of a chain that is not whole.
    const bool again = error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE && !collected.problems.empty();
    if (again || is_told_elsewhere(fault, about))
        return 1;
    if (fault == Fault::wrong_issuer && about != nullptr)
        collected.problems.push_back(missing_issuer(about, collected.trust));
    else
        collected.problems.push_back(
            {fault, subject_of(about), fault == Fault::malformed ? X509_verify_cert_error_string(error) : ""});
    return 1;
}

void check_one(const Certificate& certificate, std::size_t depth, Clock::Time time, std::vector<Problem>& problems) {
    const auto report = [&](Fault fault, std::string detail) {
        problems.push_back({fault, certificate.subject(), std::move(detail)});
    };
    if (!certificate.has_sm2_key())
        report(Fault::not_sm2, "its key is of another algorithm");
    else if (!certificate.has_sm2_signature())
        report(Fault::not_sm2, "its signature is of another algorithm");

    if (const auto validity = certificate.validity(); !validity)
        report(Fault::malformed, "its dates cannot be read");
    else if (time < validity->from)
        report(Fault::not_yet_valid, fmt::format("before {}", to_text(validity->from)));
    else if (std::chrono::floor<std::chrono::seconds>(time) > validity->to)
        report(Fault::expired, fmt::format("since {}", to_text(validity->to)));

    if (depth > 0 && !certificate.is_authority())
        report(Fault::not_authority, "");
    else if (depth > 0 && !certificate.allows(KU_KEY_CERT_SIGN))
        report(Fault::key_usage, "it may not sign certificates");
    if (depth == 0 && !certificate.is_authority() && !certificate.allows(KU_DIGITAL_SIGNATURE))
        report(Fault::key_usage, "it may not sign");
}

const Certificate& known(const X509* one, const Certificate& certificate, const Trust& trust) {
    for (const auto& candidate : trust.between)
        if (X509_cmp(candidate.native(), one) == 0)
            return candidate;
    return X509_cmp(certificate.native(), one) == 0 ? certificate : trust.root;
}

} // namespace

Verdict verify(const Certificate& certificate, const Trust& trust, Clock::Time time) {
    const auto store = not_null<Store>(X509_STORE_new());
    const auto context = not_null<StoreContext>(X509_STORE_CTX_new());
    const auto between = not_null<Stack>(sk_X509_new_null());
    for (const auto& one : trust.between)
        sk_X509_push(between.get(), one.native());
    Collected collected{trust, {}};
    if (X509_STORE_add_cert(store.get(), trust.root.native()) != 1 ||
        X509_STORE_CTX_init(context.get(), store.get(), certificate.native(), between.get()) != 1)
        throw std::bad_alloc();
    // Dates are checked here, with what RFC 5280 says of their last second.
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_CHECK_SS_SIGNATURE);
    X509_STORE_CTX_set_app_data(context.get(), &collected);
    X509_STORE_CTX_set_verify_cb(context.get(), collect);
    const bool fine = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();

    Verdict verdict{std::move(collected.problems), {}};
    if (!fine && verdict.problems.empty())
        verdict.problems.push_back({Fault::malformed, certificate.subject(),
                                    X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()))});
    const auto* chain = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(chain); ++i)
        verdict.chain.push_back(known(sk_X509_value(chain, i), certificate, trust));
    for (auto i = verdict.chain.size(); i-- > 0;)
        check_one(verdict.chain[i], i, time, verdict.problems);
    if (trust.ask_lists)
        for (auto i = verdict.chain.size(); i-- > 1;)
            for (auto& problem : ask_lists(verdict.chain[i - 1], verdict.chain[i], trust.lists, time))
                verdict.problems.push_back(std::move(problem));
    return verdict;
}

} // namespace tongka::core::certificates
