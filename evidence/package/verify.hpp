#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "evidence/package/chain.hpp"
#include "reports/words.hpp"

namespace tongka::evidence {

/// What a verifier found out about one thing.
struct Finding {
    enum class Kind : std::uint8_t { good, warning, bad };
    Kind kind = Kind::good;
    std::string subject; ///< of the package: `run/record.jsonl`, `manifest.sig`, `certificates/`
    reports::Words text;
};

[[nodiscard]] std::string_view name(Finding::Kind kind);

struct VerifyRequest {
    Trust trust;                                                   ///< of those who sign packages
    std::vector<core::certificates::Certificate> time_stamp_roots; ///< of time-stamping authorities
    core::Clock::Time now;
    bool reports = true; ///< whether they are derived again from the record, which takes longest
};

struct Verification {
    std::vector<Finding> findings;
    std::string signer;                         ///< subject of the certificate; empty where there is none to be read
    std::optional<core::Clock::Time> signed_at; ///< by the time stamp, else as the signer says

    [[nodiscard]] bool is_good() const;
};

/// Checks a package (docs/package.md) from the outside in: container, manifest, signature, certificates, time stamp,
/// the files' hashes, record, suite, attachments, reports. What rests on a thing that is wrong is not looked at. An
/// Error where the file cannot be read at all.
[[nodiscard]] core::Result<Verification> verify_package(const std::filesystem::path& package,
                                                        const VerifyRequest& request);

/// The same of a package in memory.
[[nodiscard]] Verification verify_package(core::BytesView package, const VerifyRequest& request);

} // namespace tongka::evidence
