#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/certificates/issuer.hpp"

namespace tongka::core::certificates {

/// Why a certificate no longer holds: reasonCode of RFC 5280, 5.3.1, without those for delta lists.
enum class RevocationReason : std::uint8_t {
    unspecified = 0,
    key_compromise = 1,
    ca_compromise = 2,
    affiliation_changed = 3,
    superseded = 4,
    cessation_of_operation = 5,
    certificate_hold = 6,
    privilege_withdrawn = 9,
    aa_compromise = 10,
};

/// `key-compromise` and so on.
[[nodiscard]] std::string_view name(RevocationReason reason);
[[nodiscard]] std::optional<RevocationReason> reason_named(std::string_view name);
[[nodiscard]] std::vector<std::string> reason_names();

struct Revocation {
    std::string serial; ///< as Certificate::serial
    Clock::Time since;
    RevocationReason reason = RevocationReason::unspecified;
};

/// What a root or a city has revoked (CRL, version 2). As with Certificate, reading checks the encoding alone. Copies
/// share one immutable object.
class RevocationList {
public:
    RevocationList(const RevocationList& other);
    RevocationList(RevocationList&&) noexcept = default;
    RevocationList& operator=(RevocationList other) noexcept;
    ~RevocationList() = default;

    [[nodiscard]] static Result<RevocationList> read(BytesView file);
    [[nodiscard]] static Result<std::vector<RevocationList>> read_all(BytesView file);

    /// The first list of an issuer, number 1, with nothing revoked. `validity` is this update and next update.
    [[nodiscard]] static Result<RevocationList> create(const Issuer& issuer, const Validity& validity);

    /// The next list: all that this one has, the next number, and `revoked` where it is given. An Error where this list
    /// is not the issuer's own work, would be newer than its successor, or where the certificate is not of this issuer
    /// or revoked already.
    [[nodiscard]] Result<RevocationList> next(const Issuer& issuer, const Validity& validity,
                                              const Certificate* revoked = nullptr,
                                              RevocationReason reason = RevocationReason::unspecified) const;

    [[nodiscard]] Bytes encoded(Form form) const;
    [[nodiscard]] std::string issuer() const;

    /// Decimal; nothing where the list has no number, or not one.
    [[nodiscard]] std::optional<std::string> number() const;
    [[nodiscard]] std::optional<Clock::Time> this_update() const;
    [[nodiscard]] std::optional<Clock::Time> next_update() const;
    [[nodiscard]] std::vector<Revocation> revocations() const;

    /// The entry of a certificate, by its serial number: nothing where the list has none.
    [[nodiscard]] std::optional<Revocation> find(const Certificate& certificate) const;

    /// Whether issuer (and its key identifier, where the list has one) and signature are those of the certificate.
    [[nodiscard]] bool names_issuer(const Certificate& issuer) const;
    [[nodiscard]] bool is_signed_by(const Certificate& issuer) const;

    /// A critical extension that nothing here understands, such as those of delta and partial lists.
    [[nodiscard]] bool has_unknown_critical_extension() const;

    [[nodiscard]] X509_CRL* native() const { return list_.get(); }

    /// Less, equal or greater than 0, as by list number.
    [[nodiscard]] int compare_number(const RevocationList& other) const;

private:
    explicit RevocationList(OpensslList list) : list_(std::move(list)) {}
    [[nodiscard]] static Result<RevocationList> from_der(BytesView der);
    [[nodiscard]] static Result<RevocationList> finish(OpensslList made, const Integer& number, const Issuer& issuer,
                                                       const Validity& validity);

    OpensslList list_;
};

} // namespace tongka::core::certificates
