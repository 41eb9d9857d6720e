#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/certificates/certificate.hpp"
#include "core/clock.hpp"
#include "evidence/package/signature.hpp"

namespace tongka::evidence {

/// What goes into a package.
struct PackageRequest {
    std::filesystem::path run;                    ///< folder of a run, with its record.jsonl
    std::filesystem::path suite;                  ///< folder of the suite that was run
    std::vector<std::filesystem::path> documents; ///< further files, such as the profile, the ICS, a contract
    std::vector<core::certificates::Certificate> certificates; ///< the signer's, and those that lead to the root
    core::Clock::Time made;
};

/// What was packed.
struct Packed {
    std::size_t files = 0;
    std::uint64_t bytes = 0; ///< of the package
};

/// Makes a package (docs/package.md) of a run that came to its end, signs it and writes it: whole, or not at all. An
/// Error where the record was cut off or altered, a report says something else than the record, an attachment is
/// missing or was altered, or the suite is not the one that was run.
[[nodiscard]] core::Result<Packed> make_package(const PackageRequest& request, Signer& signer,
                                                const std::filesystem::path& out);

/// The same package with an authority's response (RFC 3161, DER) in it, as another file. An Error where the response is
/// not about its signature.
[[nodiscard]] core::Result<void> add_time_stamp(const std::filesystem::path& package, core::BytesView response,
                                                const std::filesystem::path& out);

/// The query that an authority answers for a package.
[[nodiscard]] core::Result<core::Bytes> time_stamp_query_of(const std::filesystem::path& package);

} // namespace tongka::evidence
