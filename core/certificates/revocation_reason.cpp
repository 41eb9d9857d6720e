#include <algorithm>
#include <array>
#include <utility>

#include "core/certificates/revocation_list.hpp"

namespace tongka::core::certificates {
namespace {

using Named = std::pair<RevocationReason, std::string_view>;

constexpr std::array<Named, 9> reasons = {{
    {RevocationReason::unspecified, "unspecified"},
    {RevocationReason::key_compromise, "key-compromise"},
    {RevocationReason::ca_compromise, "ca-compromise"},
    {RevocationReason::affiliation_changed, "affiliation-changed"},
    {RevocationReason::superseded, "superseded"},
    {RevocationReason::cessation_of_operation, "cessation-of-operation"},
    {RevocationReason::certificate_hold, "certificate-hold"},
    {RevocationReason::privilege_withdrawn, "privilege-withdrawn"},
    {RevocationReason::aa_compromise, "aa-compromise"},
}};

} // namespace

std::string_view name(RevocationReason reason) {
    const auto* found = std::ranges::find(reasons, reason, &Named::first);
    return found == reasons.end() ? "unknown" : found->second;
}

std::optional<RevocationReason> reason_named(std::string_view name) {
    const auto* found = std::ranges::find(reasons, name, &Named::second);
    return found == reasons.end() ? std::nullopt : std::optional(found->first);
}

std::vector<std::string> reason_names() {
    std::vector<std::string> names;
    for (const auto& [reason, name] : reasons)
        names.emplace_back(name);
    return names;
}

} // namespace tongka::core::certificates
