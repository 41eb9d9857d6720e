#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::evidence {

/// A file of the package, as the manifest vouches for it.
struct Listed {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256; ///< upper-case hex
};

/// What is signed: `manifest.json`. It names every file of the package but itself, its signature and the time stamp.
struct Manifest {
    std::string tool_version;
    std::string made;      ///< ISO 8601, UTC: when, as the signer says
    std::string algorithm; ///< of the signature: `ecdsa-p256-sha256` or `sm2-sm3`
    std::string record_sha256;
    std::string suite_sha256;
    std::string profile_sha256;
    std::string language;    ///< that the reports were made in: zh or en
    bool case_pages = false; ///< report.html is an index, with a page for each case
    std::vector<Listed> files;

    /// The one text of it.
    [[nodiscard]] std::string text() const;
    /// An Error for another format, and for a text that is not the one that text() gives.
    [[nodiscard]] static core::Result<Manifest> read(core::BytesView text);
};

} // namespace tongka::evidence
