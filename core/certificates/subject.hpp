#pragma once

#include <optional>
#include <string>

#include "core/certificates/openssl.hpp"

namespace tongka::core::certificates {

/// The levels of the hierarchy, and the kinds of device at its end. No public text names them (standards.md 1.2, 6):
/// the levels follow those of the symmetric keys (inferred).
enum class Kind : std::uint8_t { root, city, card, psam, terminal };

/// `root`, `city`, `card`, `psam`, `terminal`.
[[nodiscard]] std::string_view name(Kind kind);
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name);

[[nodiscard]] constexpr bool is_authority(Kind kind) {
    return kind == Kind::root || kind == Kind::city;
}

/// Whom a certificate is for (inferred): the subject has C=CN, O, OU=the kind, CN, and serialNumber=the number for all
/// but the root.
struct Subject {
    Kind kind = Kind::root;
    std::string number;       ///< city code, ASN, PSAM or terminal number: decimal or hex digits; empty for a root
    std::string common_name;  ///< UTF-8
    std::string organization; ///< UTF-8; left out where empty

    bool operator==(const Subject&) const = default;
};

/// An Error where a part is missing, too long (64 characters, RFC 5280 Appendix A), or has what its place does not
/// allow.
[[nodiscard]] Result<OpensslName> to_name(const Subject& subject);

/// An Error where a name is not one that to_name makes.
[[nodiscard]] Result<Subject> read_subject(const X509_NAME* name);

/// `CN=…,serialNumber=…,OU=…` as RFC 2253 writes names, with UTF-8 as it is and control characters escaped.
[[nodiscard]] std::string to_text(const X509_NAME* name);

} // namespace tongka::core::certificates
