#pragma once

#include <chrono>
#include <functional>
#include <list>

#include "core/tls/context.hpp"
#include "simulator/issuer/service/service.hpp"
#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::simulator {

/// A service on a TCP port, over TLS. One thread does it all: it owns the book, and no line makes another wait longer
/// than a message takes.
class Server {
public:
    struct Limits {
        std::size_t lines = 256;       ///< at once; more wait to be taken up
        std::chrono::seconds idle{60}; ///< a line that brings no whole frame for so long is closed
        unsigned wrong_macs = 16;      ///< a line that brings more of them is closed: each costs a write to the book
    };
    using Log = std::function<void(const std::string& line)>;

    /// Listens; port 0 takes any. `service` and `tls` must outlive it. `log` gets a line for each line that begins and
    /// ends, and for each message; there are no keys, MACs or TACs in them.
    [[nodiscard]] static core::Result<Server> listen(const Address& address, const core::tls::Context& tls,
                                                     Service& service, Log log, Limits limits);
    [[nodiscard]] static core::Result<Server> listen(const Address& address, const core::tls::Context& tls,
                                                     Service& service, Log log) {
        return listen(address, tls, service, std::move(log), Limits{});
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Serves until `stop` can be read from. What was processed by then is in the book; a terminal asks again.
    [[nodiscard]] core::Result<void> run(int stop);

private:
    using Time = std::chrono::steady_clock::time_point;

    struct Line {
        Descriptor socket;
        core::tls::Session tls;
        std::string peer;
        core::Bytes in;
        core::Bytes out;
        Time deadline;
        bool shaken_hands = false;
        unsigned wrong_macs = 0;
        short events = 0; ///< what poll waits for
    };

    Server(const core::tls::Context& tls, Service& service, Log log, Limits limits)
        : tls_(&tls), service_(&service), log_(std::move(log)), limits_(limits) {}

    void take_up();
    /// Does what can be done without waiting; false where the line is to be closed.
    [[nodiscard]] bool serve(Line& line);
    [[nodiscard]] bool receive(Line& line);
    [[nodiscard]] bool answer(Line& line);
    [[nodiscard]] bool send(Line& line);
    /// Whether a call of OpenSSL that ended with `result` only has to wait.
    [[nodiscard]] bool waits(Line& line, int result);

    const core::tls::Context* tls_;
    Service* service_;
    Log log_;
    Limits limits_;
    Descriptor socket_;
    std::uint16_t port_ = 0;
    std::list<Line> lines_;
};

} // namespace tongka::simulator
