#include "core/tls/context.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

namespace tongka::core::tls {
namespace {

/// A key under a pass phrase is an error, and never a question on the terminal.
int no_pass_phrase(char*, int, int, void*) {
    return 0;
}

Result<Context> new_context(const SSL_METHOD* method) {
    ERR_clear_error();
    Context context(SSL_CTX_new(method));
    if (!context)
        return fail("TLS cannot be set up: " + failure());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_default_passwd_cb(context.get(), no_pass_phrase);
    return context;
}

Result<void> use(const Context& context, const Identity& identity) {
    if (SSL_CTX_use_certificate_chain_file(context.get(), identity.certificate.c_str()) != 1)
        return fail(fmt::format("{}: no certificate: {}", identity.certificate, failure()));
    if (SSL_CTX_use_PrivateKey_file(context.get(), identity.key.c_str(), SSL_FILETYPE_PEM) != 1)
        return fail(fmt::format("{}: no private key of that certificate: {}", identity.key, failure()));
    return {};
}

Result<void> trust(const Context& context, const std::string& ca) {
    if (SSL_CTX_load_verify_locations(context.get(), ca.c_str(), nullptr) != 1)
        return fail(fmt::format("{}: no CA certificate: {}", ca, failure()));
    return {};
}

} // namespace

std::string failure(const SSL* session) {
    std::string why;
    if (session != nullptr)
        if (const long result = SSL_get_verify_result(session); result != X509_V_OK)
            why = std::string("the certificate is not taken: ") + X509_verify_cert_error_string(result);
    const unsigned long code = ERR_get_error();
    if (why.empty() && code != 0) {
        const char* reason = ERR_reason_error_string(code);
        why = reason != nullptr ? reason : fmt::format("error {:08X}", code);
    }
    ERR_clear_error();
    return why.empty() ? "the line was closed" : why;
}

Result<Context> server_context(const Identity& identity, const std::string& client_ca) {
    TONGKA_TRY(auto context, new_context(TLS_server_method()));
    TONGKA_CHECK(use(context, identity));
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    if (!client_ca.empty()) {
        TONGKA_CHECK(trust(context, client_ca));
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        SSL_CTX_set_client_CA_list(context.get(), SSL_load_client_CA_file(client_ca.c_str()));
    }
    return context;
}

Result<Context> client_context(const std::string& ca, const Identity& identity) {
    TONGKA_TRY(auto context, new_context(TLS_client_method()));
    TONGKA_CHECK(trust(context, ca));
    if (!identity.certificate.empty())
        TONGKA_CHECK(use(context, identity));
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

Result<Session> client_session(const Context& context, const std::string& host) {
    ERR_clear_error();
    Session session(SSL_new(context.get()));
    if (!session)
        return fail("TLS cannot be set up: " + failure());
    X509_VERIFY_PARAM* wanted = SSL_get0_param(session.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) != 1) {
        ERR_clear_error(); // no address, so it is a name
        if (X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), 0) != 1 ||
            SSL_set_tlsext_host_name(session.get(), host.c_str()) != 1)
            return fail(fmt::format("'{}' is no name of a host", host));
    }
    return session;
}

} // namespace tongka::core::tls
