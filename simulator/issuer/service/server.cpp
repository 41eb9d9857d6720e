#include "simulator/issuer/service/server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

namespace message = core::message;
using core::Result;

constexpr std::size_t most_unsent = 64 * message::most_size; ///< a line that does not read its answers is not read from

Result<Descriptor> listening(const Address& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST;
    addrinfo* found = nullptr;
    const auto what = "listen on " + address.text();
    if (const int code = ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
        code != 0)
        return core::fail(what + ": " + ::gai_strerror(code));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    Descriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    if (!socket || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        ::bind(socket.get(), found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket.get(), SOMAXCONN) != 0)
        return fail_with_errno(what);
    return socket;
}

std::string name_of(const sockaddr_storage& address, socklen_t size) {
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(), port.data(),
                      port.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return "someone";
    return fmt::format("{}:{}", host.data(), port.data());
}

/// What a message is about, without what it says.
std::string title_of(core::BytesView bytes) {
    const auto frame = message::decode(bytes);
    if (!frame)
        return fmt::format("a frame of {} bytes", bytes.size());
    const auto* layout = message::find_layout(frame->code);
    return fmt::format("{} terminal {} sequence {}",
                       layout ? std::string(layout->name) : fmt::format("message {:04X}", frame->code),
                       core::to_hex(frame->terminal), frame->sequence);
}

} // namespace

Result<Server> Server::listen(const Address& address, const core::tls::Context& tls, Service& service, Log log,
                              Limits limits) {
    Server server(tls, service, std::move(log), limits);
    TONGKA_TRY(server.socket_, listening(address));
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    if (::getsockname(server.socket_.get(), reinterpret_cast<sockaddr*>(&bound), &size) != 0)
        return fail_with_errno("listen on " + address.text());
    server.port_ = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                                                     : reinterpret_cast<const sockaddr_in&>(bound).sin_port);
    return server;
}

Result<void> Server::run(int stop) {
    while (true) {
        std::vector<pollfd> waits{{stop, POLLIN, 0}, {lines_.size() < limits_.lines ? socket_.get() : -1, POLLIN, 0}};
        Time first = std::chrono::steady_clock::now() + limits_.idle;
        for (const Line& line : lines_) {
            waits.push_back({line.socket.get(), line.events, 0});
            first = std::min(first, line.deadline);
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - std::chrono::steady_clock::now());
        const auto wait = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
        if (::poll(waits.data(), waits.size(), wait) < 0 && errno != EINTR)
            return fail_with_errno("wait for terminals");
        if (waits[0].revents != 0)
            return {};
        std::size_t at = 2;
        for (auto line = lines_.begin(); line != lines_.end(); ++at) {
            const bool late = line->deadline <= std::chrono::steady_clock::now();
            if (late)
                log_(fmt::format("{}: closed: no message for {} s", line->peer, limits_.idle.count()));
            const bool open = !late && (waits[at].revents == 0 || serve(*line));
            line = open ? std::next(line) : lines_.erase(line);
        }
        if (waits[1].revents != 0)
            take_up();
    }
}

void Server::take_up() {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    Descriptor socket(
        ::accept4(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket)
        return; // it has gone again, or there are no descriptors: the next turn tries anew
    const int yes = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    core::tls::Session tls(SSL_new(tls_->get()));
    if (!tls || SSL_set_fd(tls.get(), socket.get()) != 1) {
        log_(fmt::format("a line was not taken up: {}", core::tls::failure()));
        return;
    }
    SSL_set_accept_state(tls.get());
    auto& line = lines_.emplace_back();
    line.socket = std::move(socket);
    line.tls = std::move(tls);
    line.peer = name_of(address, size);
    line.deadline = std::chrono::steady_clock::now() + limits_.idle;
    line.events = POLLIN;
}

bool Server::waits(Line& line, int result) {
    switch (SSL_get_error(line.tls.get(), result)) {
    case SSL_ERROR_WANT_READ:
        line.events = static_cast<short>(line.events | POLLIN);
        return true;
    case SSL_ERROR_WANT_WRITE:
        line.events = static_cast<short>(line.events | POLLOUT);
        return true;
    case SSL_ERROR_ZERO_RETURN:
        log_(fmt::format("{}: ended", line.peer));
        return false;
    default:
        log_(
            fmt::format("{}: closed: {}", line.peer, core::tls::failure(line.shaken_hands ? nullptr : line.tls.get())));
        return false;
    }
}

bool Server::serve(Line& line) {
    line.events = 0;
    ERR_clear_error();
    if (!line.shaken_hands) {
        if (const int result = SSL_do_handshake(line.tls.get()); result != 1)
            return waits(line, result);
        line.shaken_hands = true;
        log_(fmt::format("{}: {} {}", line.peer, SSL_get_version(line.tls.get()), SSL_get_cipher_name(line.tls.get())));
    }
    // What TLS has taken off the wire already does not wake poll.
    do {
        if (!(send(line) && receive(line) && send(line)))
            return false;
    } while (line.out.empty() && SSL_pending(line.tls.get()) > 0);
    return true;
}

bool Server::receive(Line& line) {
    std::array<core::Byte, 4096> bytes;
    while (line.out.size() < most_unsent) {
        const int count = SSL_read(line.tls.get(), bytes.data(), static_cast<int>(bytes.size()));
        if (count <= 0)
            return waits(line, count);
        core::append(line.in, core::BytesView(bytes).first(static_cast<std::size_t>(count)));
        if (!answer(line))
            return false;
    }
    return true;
}

bool Server::answer(Line& line) {
    core::BytesView rest(line.in);
    while (true) {
        const auto size = message::frame_size(rest);
        if (!size) {
            log_(fmt::format("{}: closed: {}", line.peer, size.error().message));
            return false;
        }
        if (*size == 0 || *size > rest.size())
            break;
        const auto frame = rest.first(*size);
        rest = rest.subspan(*size);
        const auto reply = service_->handle(frame);
        log_(fmt::format("{}: {}: {}", line.peer, title_of(frame), reply.reason));
        if (reply.frame.empty())
            return false;
        if (reply.code == message::ResponseCode::wrong_mac && ++line.wrong_macs > limits_.wrong_macs) {
            log_(fmt::format("{}: closed: {} messages with a wrong MAC", line.peer, line.wrong_macs));
            return false;
        }
        core::append(line.out, reply.frame);
        line.deadline = std::chrono::steady_clock::now() + limits_.idle;
    }
    line.in.erase(line.in.begin(), line.in.end() - static_cast<std::ptrdiff_t>(rest.size()));
    return true;
}

bool Server::send(Line& line) {
    while (!line.out.empty()) {
        const int count = SSL_write(line.tls.get(), line.out.data(), static_cast<int>(line.out.size()));
        if (count <= 0)
            return waits(line, count);
        line.out.erase(line.out.begin(), line.out.begin() + count);
    }
    line.events = static_cast<short>(line.events | POLLIN);
    return true;
}

} // namespace tongka::simulator
