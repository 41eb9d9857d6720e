#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/certificates/certificate.hpp"
#include "core/certificates/revocation_list.hpp"
#include "core/text.hpp"

namespace tongka::core::certificates {

/// What can be wrong with a certificate of a chain, or with the revocation list that speaks of it.
enum class Fault : std::uint8_t {
    not_sm2,            ///< key or signature of another algorithm
    malformed,          ///< extensions or dates that cannot be read, or a critical extension that is not known
    wrong_issuer,       ///< nobody among the certificates given, or another one than it names, issued it
    untrusted,          ///< the chain ends at a root that is not the trusted one
    bad_signature,      ///<
    not_yet_valid,      ///<
    expired,            ///<
    not_authority,      ///< issued a certificate without being a CA
    path_too_long,      ///< more authorities below a CA than it allows
    key_usage,          ///< keyUsage does not allow what the key was used for
    revoked,            ///<
    list_missing,       ///< no revocation list of its issuer
    list_bad_signature, ///<
    list_not_yet_valid, ///<
    list_expired,       ///< also one that names no next update
    list_malformed,     ///< a critical extension that is not known, such as of a partial list
};

/// `expired`, `list-missing`: for programs.
[[nodiscard]] std::string_view name(Fault fault);
[[nodiscard]] Text title(Fault fault);

struct Problem {
    Fault fault;
    std::string certificate; ///< subject of the certificate that it is about
    std::string detail;      ///< dates, names, OpenSSL's own words; may be empty
};

/// What verify found out. No problem means valid.
struct Verdict {
    std::vector<Problem> problems;
    std::vector<Certificate> chain; ///< as far as it could be built, from the certificate in question to the root

    [[nodiscard]] bool valid() const { return problems.empty(); }
};

struct Trust {
    Certificate root;
    std::vector<Certificate> between; ///< certificates the chain may lead over; nobody trusts them for being here
    std::vector<RevocationList> lists;
    bool ask_lists = true; ///< false: revocation is not looked at
};

/// Whether `certificate` leads to the root at `time` (RFC 5280, 6, by OpenSSL; dates and revocation here). All problems
/// that show are told, from the root downwards. A certificate is only not revoked where a current list of its issuer
/// says so.
[[nodiscard]] Verdict verify(const Certificate& certificate, const Trust& trust, Clock::Time time);

/// The part of verify that asks lists: whether `certificate` is revoked, by the newest list that `issuer` signed.
[[nodiscard]] std::vector<Problem> ask_lists(const Certificate& certificate, const Certificate& issuer,
                                             std::span<const RevocationList> lists, Clock::Time time);

} // namespace tongka::core::certificates
