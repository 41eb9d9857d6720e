#include <openssl/x509v3.h>

#include <fmt/format.h>

#include "core/certificates/verify.hpp"

namespace tongka::core::certificates {
namespace {

/// Why a list cannot be used; nothing where it can.
std::optional<Problem> useless(const RevocationList& list, const Certificate& certificate, const Certificate& issuer,
                               Clock::Time time) {
    const auto problem = [&](Fault fault, std::string detail) {
        return Problem{fault, certificate.subject(), std::move(detail)};
    };
    if (!issuer.allows(KU_CRL_SIGN))
        return Problem{Fault::key_usage, issuer.subject(), "it may not sign revocation lists"};
    if (!list.is_signed_by(issuer))
        return problem(Fault::list_bad_signature, fmt::format("the list of '{}'", list.issuer()));
    if (list.has_unknown_critical_extension())
        return problem(Fault::list_malformed, "it has a critical extension that is not known here");
    const auto from = list.this_update();
    const auto to = list.next_update();
    if (!from)
        return problem(Fault::list_malformed, "its date cannot be read");
    if (time < *from)
        return problem(Fault::list_not_yet_valid, fmt::format("before {}", to_text(*from)));
    if (!to)
        return problem(Fault::list_expired, "it names no next update");
    if (std::chrono::floor<std::chrono::seconds>(time) > *to)
        return problem(Fault::list_expired, fmt::format("since {}", to_text(*to)));
    return std::nullopt;
}

} // namespace

std::vector<Problem> ask_lists(const Certificate& certificate, const Certificate& issuer,
                               std::span<const RevocationList> lists, Clock::Time time) {
    const RevocationList* newest = nullptr;
    std::optional<Problem> best_problem;
    for (const auto& list : lists) {
        if (!list.names_issuer(issuer))
            continue;
        if (auto problem = useless(list, certificate, issuer, time)) {
            // An old list still tells what it revoked.
            const bool old = problem->fault == Fault::list_expired;
            if (!best_problem || old)
                best_problem = std::move(problem);
            if (!old)
                continue;
        }
        if (newest == nullptr || list.compare_number(*newest) > 0)
            newest = &list;
    }
    if (newest != nullptr)
        if (const auto entry = newest->find(certificate))
            return {{Fault::revoked, certificate.subject(),
                     fmt::format("since {}, {}", to_text(entry->since), name(entry->reason))}};
    if (newest != nullptr && !useless(*newest, certificate, issuer, time))
        return {};
    if (best_problem)
        return {*best_problem};
    return {{Fault::list_missing, certificate.subject(), fmt::format("none of '{}'", issuer.subject())}};
}

} // namespace tongka::core::certificates
