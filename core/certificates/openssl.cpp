#include "core/certificates/openssl.hpp"

#include <openssl/err.h>

#include <fmt/format.h>

namespace tongka::core::certificates {

tl::unexpected<Error> openssl_failure(std::string_view what) {
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    ERR_clear_error();
    return fail(reason ? fmt::format("{}: {}", what, reason) : std::string(what));
}

} // namespace tongka::core::certificates
