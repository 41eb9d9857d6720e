#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tongka::core {

/// Where a token is: `pkcs11:token=NAME?module-path=/usr/lib/softhsm/libsofthsm2.so` (RFC 7512).
struct TokenPlace {
    std::string label;
    std::string module; ///< the library that speaks PKCS#11 for it
};

[[nodiscard]] bool is_token_uri(std::string_view text);

/// An Error where the token's name or the module's path is missing, or a PIN stands in it.
[[nodiscard]] Result<TokenPlace> parse_token_uri(const std::string& text);

} // namespace tongka::core
