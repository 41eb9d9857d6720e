#pragma once

#include <memory>
#include <openssl/ssl.h>
#include <string>

#include "core/result.hpp"

/// TLS 1.2 and later by OpenSSL 3, for the line between terminal and host.
namespace tongka::core::tls {

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
    void operator()(SSL* session) const { SSL_free(session); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;
using Session = std::unique_ptr<SSL, FreeSession>;

/// Who one is: PEM files, the certificate with what leads up to the CA behind it. The key is not under a pass phrase.
struct Identity {
    std::string certificate;
    std::string key;
};

/// A host's. With a CA file a client must show a certificate that leads to it. An Error names the file.
[[nodiscard]] Result<Context> server_context(const Identity& identity, const std::string& client_ca);

/// A terminal's: the host must show a certificate that leads to the CA of the file. With an identity, ours is shown
/// when it is asked for.
[[nodiscard]] Result<Context> client_context(const std::string& ca, const Identity& identity);

/// A session that takes a certificate for this host name or address alone.
[[nodiscard]] Result<Session> client_session(const Context& context, const std::string& host);

/// Why the last call failed, in one line: OpenSSL's first reason, or what is wrong with the certificate shown. Empties
/// OpenSSL's queue of errors.
[[nodiscard]] std::string failure(const SSL* session = nullptr);

} // namespace tongka::core::tls
