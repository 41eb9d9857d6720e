#pragma once

#include <vector>

#include "core/certificates/certificate.hpp"
#include "core/clock.hpp"

/// Time stamps of RFC 3161 over the signature of a package.
namespace tongka::evidence {

/// The query for an authority: SHA-256 of the signature; asks for the authority's certificates.
[[nodiscard]] core::Result<core::Bytes> time_stamp_query(core::BytesView signature);

/// Whether an authority's response is granted and about this signature; says nothing of who made it.
[[nodiscard]] core::Result<core::Clock::Time> read_time_stamp(core::BytesView response, core::BytesView signature);

/// As read_time_stamp; an Error too where the response is not signed by an authority that leads to one of `roots`.
[[nodiscard]] core::Result<core::Clock::Time>
check_time_stamp(core::BytesView response, core::BytesView signature,
                 const std::vector<core::certificates::Certificate>& roots);

} // namespace tongka::evidence
