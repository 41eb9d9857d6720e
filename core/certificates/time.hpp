#pragma once

#include <optional>
#include <string>

#include "core/certificates/openssl.hpp"
#include "core/clock.hpp"

namespace tongka::core::certificates {

/// From the first second to the last, both included (RFC 5280, 4.1.2.5).
struct Validity {
    Clock::Time from;
    Clock::Time to;
};

/// UTCTime to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5); parts of a second are dropped.
[[nodiscard]] Result<Asn1Time> to_asn1(Clock::Time time);

/// Nothing for null and for what is not a time.
[[nodiscard]] std::optional<Clock::Time> from_asn1(const ASN1_TIME* time);

/// `2026-11-23T08:00:00Z`.
[[nodiscard]] std::string to_text(Clock::Time time);

/// Reads `2026-11-23` (its first second) or `2026-11-23T08:00:00Z`, in UTC.
[[nodiscard]] Result<Clock::Time> read_time(std::string_view text);

} // namespace tongka::core::certificates
