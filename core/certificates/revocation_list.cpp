#include "core/certificates/revocation_list.hpp"

#include <array>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <utility>

#include <fmt/format.h>

#include "core/certificates/subject.hpp"
#include "core/hex.hpp"

namespace tongka::core::certificates {
namespace {

using Entry = std::unique_ptr<X509_REVOKED, Freed<X509_REVOKED_free>>;
using Enumerated = std::unique_ptr<ASN1_ENUMERATED, Freed<ASN1_ENUMERATED_free>>;

struct FreeSequence {
    void operator()(ASN1_SEQUENCE_ANY* sequence) const { sk_ASN1_TYPE_pop_free(sequence, ASN1_TYPE_free); }
};
using Sequence = std::unique_ptr<ASN1_SEQUENCE_ANY, FreeSequence>;

template <typename T, void (*free_function)(T*)>
std::unique_ptr<T, Freed<free_function>> extension(const X509_CRL* list, int kind) {
    std::unique_ptr<T, Freed<free_function>> found(static_cast<T*>(X509_CRL_get_ext_d2i(list, kind, nullptr, nullptr)));
    ERR_clear_error();
    return found;
}

Integer number_of(const X509_CRL* list) {
    return extension<ASN1_INTEGER, ASN1_INTEGER_free>(list, NID_crl_number);
}

Revocation read_entry(const X509_REVOKED* entry) {
    const auto* serial = X509_REVOKED_get0_serialNumber(entry);
    Revocation revocation{to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))}),
                          from_asn1(X509_REVOKED_get0_revocationDate(entry)).value_or(Clock::Time{})};
    const Enumerated reason(
        static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
    if (reason)
        revocation.reason = static_cast<RevocationReason>(ASN1_ENUMERATED_get(reason.get()));
    ERR_clear_error();
    return revocation;
}

Result<Entry> make_entry(const Certificate& certificate, Clock::Time since, RevocationReason reason) {
    auto entry = not_null<Entry>(X509_REVOKED_new());
    TONGKA_TRY(const auto date, to_asn1(since));
    if (X509_REVOKED_set_serialNumber(entry.get(), X509_get_serialNumber(certificate.native())) != 1 ||
        X509_REVOKED_set_revocationDate(entry.get(), date.get()) != 1)
        return openssl_failure("the certificate cannot be revoked");
    // RFC 5280, 5.3.1: unspecified is told by leaving the reason out.
    if (reason == RevocationReason::unspecified)
        return entry;
    const auto code = not_null<Enumerated>(ASN1_ENUMERATED_new());
    if (ASN1_ENUMERATED_set(code.get(), static_cast<long>(reason)) != 1 ||
        X509_REVOKED_add1_ext_i2d(entry.get(), NID_crl_reason, code.get(), 0, 0) != 1)
        return openssl_failure("the reason cannot be written");
    return entry;
}

} // namespace

RevocationList::RevocationList(const RevocationList& other) : list_(other.list_.get()) {
    X509_CRL_up_ref(list_.get());
}

RevocationList& RevocationList::operator=(RevocationList other) noexcept {
    std::swap(list_, other.list_);
    return *this;
}

Result<RevocationList> RevocationList::from_der(BytesView der) {
    const auto* at = der.data();
    OpensslList list(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
    if (!list)
        return openssl_failure("not a revocation list");
    if (!equal(to_der<X509_CRL>(list.get(), i2d_X509_CRL), der))
        return fail("the revocation list is not in DER, or something follows it");
    return RevocationList(std::move(list));
}

Result<RevocationList> RevocationList::read(BytesView file) {
    TONGKA_TRY(const auto der, decode(file, list_label));
    return from_der(der);
}

Result<std::vector<RevocationList>> RevocationList::read_all(BytesView file) {
    TONGKA_TRY(const auto all, decode_all(file, list_label));
    std::vector<RevocationList> lists;
    for (const auto& der : all) {
        TONGKA_TRY(auto list, from_der(der));
        lists.push_back(std::move(list));
    }
    return lists;
}

Result<RevocationList> RevocationList::create(const Issuer& issuer, const Validity& validity) {
    auto list = not_null<OpensslList>(X509_CRL_new());
    const auto number = not_null<Integer>(ASN1_INTEGER_new());
    if (X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) != 1 ||
        X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.native())) != 1 ||
        ASN1_INTEGER_set(number.get(), 1) != 1)
        return openssl_failure("the revocation list cannot be made");
    return finish(std::move(list), number, issuer, validity);
}

Result<RevocationList> RevocationList::next(const Issuer& issuer, const Validity& validity, const Certificate* revoked,
                                            RevocationReason reason) const {
    const auto who = issuer.certificate.subject();
    if (!names_issuer(issuer.certificate) || !is_signed_by(issuer.certificate))
        return fail(fmt::format("the revocation list was not made by '{}', or was altered", who));
    if (this_update() > validity.from)
        return fail(fmt::format("the revocation list is of {}, later than now ({})",
                                to_text(this_update().value_or(Clock::Time{})), to_text(validity.from)));
    if (has_unknown_critical_extension())
        return fail("the revocation list has a critical extension that is not known here");
    const auto old_number = number_of(list_.get());
    if (!old_number)
        return fail("the revocation list has no number");
    const auto counter = not_null<BigNumber>(ASN1_INTEGER_to_BN(old_number.get(), nullptr));
    BN_add_word(counter.get(), 1);
    const auto number = not_null<Integer>(BN_to_ASN1_INTEGER(counter.get(), nullptr));

    auto list = not_null<OpensslList>(X509_CRL_dup(list_.get()));
    if (revoked != nullptr) {
        if (X509_cmp(issuer.certificate.native(), revoked->native()) == 0)
            return fail(fmt::format("'{}' cannot revoke itself", who));
        if (X509_check_issued(issuer.certificate.native(), revoked->native()) != X509_V_OK ||
            X509_verify(revoked->native(), X509_get0_pubkey(issuer.certificate.native())) != 1) {
            ERR_clear_error();
            return fail(fmt::format("'{}' was not issued by '{}'", revoked->subject(), who));
        }
        if (const auto entry = find(*revoked))
            return fail(fmt::format("'{}' is revoked already, since {}", revoked->subject(), to_text(entry->since)));
        TONGKA_TRY(auto entry, make_entry(*revoked, validity.from, reason));
        if (X509_CRL_add0_revoked(list.get(), entry.get()) != 1)
            return openssl_failure("the certificate cannot be revoked");
        [[maybe_unused]] auto* now_of_list = entry.release();
    }
    return finish(std::move(list), number, issuer, validity);
}

Result<RevocationList> RevocationList::finish(OpensslList made, const Integer& number, const Issuer& issuer,
                                              const Validity& validity) {
    auto* list = made.get();
    if (!issuer.certificate.allows(KU_CRL_SIGN))
        return fail(fmt::format("'{}' may not sign revocation lists", issuer.certificate.subject()));
    if (validity.from >= validity.to)
        return fail("the revocation list would end before it begins");
    TONGKA_TRY(const auto from, to_asn1(validity.from));
    TONGKA_TRY(const auto to, to_asn1(validity.to));
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer.certificate.native(), nullptr, nullptr, list, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> key_id(
        X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
    while (X509_CRL_get_ext_count(list) > 0)
        X509_EXTENSION_free(X509_CRL_delete_ext(list, 0));
    if (!key_id || X509_CRL_add_ext(list, key_id.get(), -1) != 1 ||
        X509_CRL_add1_ext_i2d(list, NID_crl_number, number.get(), 0, 0) != 1 ||
        X509_CRL_set1_lastUpdate(list, from.get()) != 1 || X509_CRL_set1_nextUpdate(list, to.get()) != 1 ||
        X509_CRL_sort(list) != 1)
        return openssl_failure("the revocation list cannot be made");
    TONGKA_TRY(const auto signing, issuer.key.signing());
    if (X509_CRL_sign_ctx(list, signing.get()) <= 0)
        return openssl_failure("the revocation list cannot be signed");
    return from_der(to_der<X509_CRL>(list, i2d_X509_CRL));
}

Bytes RevocationList::encoded(Form form) const {
    return encode(to_der<X509_CRL>(list_.get(), i2d_X509_CRL), list_label, form);
}

std::string RevocationList::issuer() const {
    return to_text(X509_CRL_get_issuer(list_.get()));
}

std::optional<std::string> RevocationList::number() const {
    const auto number = number_of(list_.get());
    if (!number)
        return std::nullopt;
    const auto value = not_null<BigNumber>(ASN1_INTEGER_to_BN(number.get(), nullptr));
    char* text = BN_bn2dec(value.get());
    std::string copy(text ? text : "");
    OPENSSL_free(text);
    return copy;
}

std::optional<Clock::Time> RevocationList::this_update() const {
    return from_asn1(X509_CRL_get0_lastUpdate(list_.get()));
}

std::optional<Clock::Time> RevocationList::next_update() const {
    return from_asn1(X509_CRL_get0_nextUpdate(list_.get()));
}

std::vector<Revocation> RevocationList::revocations() const {
    std::vector<Revocation> all;
    auto* entries = X509_CRL_get_REVOKED(list_.get());
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i)
        all.push_back(read_entry(sk_X509_REVOKED_value(entries, i)));
    return all;
}

std::optional<Revocation> RevocationList::find(const Certificate& certificate) const {
    X509_REVOKED* entry = nullptr;
    if (X509_CRL_get0_by_cert(list_.get(), &entry, certificate.native()) == 0)
        return std::nullopt;
    return read_entry(entry);
}

bool RevocationList::names_issuer(const Certificate& issuer) const {
    if (X509_NAME_cmp(X509_CRL_get_issuer(list_.get()), X509_get_subject_name(issuer.native())) != 0)
        return false;
    const auto key_id = extension<AUTHORITY_KEYID, AUTHORITY_KEYID_free>(list_.get(), NID_authority_key_identifier);
    return X509_check_akid(issuer.native(), key_id.get()) == X509_V_OK;
}

bool RevocationList::is_signed_by(const Certificate& issuer) const {
    // X509_CRL_verify knows no distinguishing identifier: the signed part is taken out and checked here.
    if (!issuer.has_sm2_key() || X509_CRL_get_signature_nid(list_.get()) != NID_SM2_with_SM3)
        return false;
    const auto der = to_der<X509_CRL>(list_.get(), i2d_X509_CRL);
    const auto* at = der.data();
    const Sequence parts(d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(der.size())));
    if (!parts || sk_ASN1_TYPE_num(parts.get()) != 3)
        return false;
    const auto element = [&](int i) {
        const auto* text = sk_ASN1_TYPE_value(parts.get(), i)->value.sequence;
        return BytesView(ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text)));
    };
    const ASN1_BIT_STRING* signature = nullptr;
    X509_CRL_get0_signature(list_.get(), &signature, nullptr);
    const bool whole_bytes = (signature->flags & 0x07) == 0;
    return whole_bytes &&
           verifies(X509_get0_pubkey(issuer.native()),
                    {ASN1_STRING_get0_data(signature), static_cast<std::size_t>(ASN1_STRING_length(signature))},
                    element(0));
}

bool RevocationList::has_unknown_critical_extension() const {
    for (int i = 0; i < X509_CRL_get_ext_count(list_.get()); ++i)
        if (X509_EXTENSION_get_critical(X509_CRL_get_ext(list_.get(), i)) == 1)
            return true;
    return false;
}

int RevocationList::compare_number(const RevocationList& other) const {
    const auto mine = number_of(list_.get());
    const auto theirs = number_of(other.list_.get());
    if (!mine || !theirs)
        return static_cast<int>(mine != nullptr) - static_cast<int>(theirs != nullptr);
    return ASN1_INTEGER_cmp(mine.get(), theirs.get());
}

} // namespace tongka::core::certificates
