#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/certificates/certificate.hpp"
#include "core/certificates/revocation_list.hpp"
#include "core/clock.hpp"

namespace tongka::evidence {

/// Whom a verifier trusts, and what it knows to be revoked.
struct Trust {
    std::vector<core::certificates::Certificate> roots;
    std::vector<core::certificates::RevocationList> lists; ///< none: revocation is not looked at
};

struct ChainVerdict {
    std::string problem;       ///< whose certificate is wrong, and why; empty where the chain leads to a root
    std::string root;          ///< subject of the root that was found
    core::Clock::Time expires; ///< when the first certificate of the chain does
};

/// Whether the first certificate leads over the others to a root that is trusted, all valid at `at`, and may sign. With
/// lists given, each certificate's issuer must have one, by which it was not revoked by `at`.
[[nodiscard]] ChainVerdict check_chain(const std::vector<core::certificates::Certificate>& certificates,
                                       const Trust& trust, core::Clock::Time at);

} // namespace tongka::evidence
