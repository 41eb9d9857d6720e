#include "cli/online_option.hpp"

#include <csignal>

#include "core/hex.hpp"

namespace tongka::cli {

void OnlineOption::add_to(CLI::App& command, bool required) {
    auto* where = command.add_option("--host", host,
                                     "The load host (tongka issuer serve); --keys is then the terminal's "
                                     "key file (tongka issuer admit-terminal)");
    where->type_name("HOST:PORT");
    auto* trusted = command.add_option("--ca", ca, "The host's certificate must lead to this one");
    trusted->type_name("PEM");
    auto* certificate = command.add_option("--certificate", identity.certificate, "The terminal's own certificate");
    certificate->type_name("PEM")->needs(where);
    command.add_option("--key", identity.key, "Its private key")->type_name("PEM")->needs(certificate);
    command.add_option("--timeout", seconds, "How many seconds the host has for an answer; three attempts are made")
        ->check(CLI::Range(1U, 600U))
        ->capture_default_str();
    where->needs(trusted);
    where->required(required);
}

core::Result<std::unique_ptr<OnlineConnection>> OnlineOption::open(core::KeyStore& store,
                                                                   const std::string& terminal) const {
    if (store.records().size() != 1)
        return core::fail("--keys must be the key file of one terminal (tongka issuer admit-terminal)");
    TONGKA_TRY(const auto key, store.release(store.records().front().name));
    TONGKA_TRY(const auto number, core::from_hex(terminal, 6, "--terminal"));
    std::array<core::Byte, 6> name{};
    std::ranges::copy(number, name.begin());
    TONGKA_TRY(auto address, simulator::parse_address(host));
    TONGKA_TRY(auto tls, core::tls::client_context(ca, identity));
    std::signal(SIGPIPE, SIG_IGN);
    auto open = std::make_unique<OnlineConnection>();
    open->socket =
        std::make_unique<simulator::OnlineSocket>(std::move(address), std::move(tls), std::chrono::seconds(seconds));
    auto* socket = open->socket.get();
    open->line = std::make_unique<simulator::OnlineLine>(
        [socket](core::BytesView frame) { return socket->exchange(frame); }, name, key, open->clock, open->random);
    return open;
}

} // namespace tongka::cli
