#include "simulator/virtual_reader/tcp.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <fmt/format.h>

namespace tongka::simulator {

namespace {

void set(int socket, int option) {
    int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, option, &yes, sizeof yes);
}

bool ready_within(int socket, short events, Budget budget) {
    pollfd wait{socket, events, 0};
    int count = 0;
    do
        count = ::poll(&wait, 1, static_cast<int>(budget.count()));
    while (count < 0 && errno == EINTR);
    return count > 0;
}

core::Result<Descriptor> connect_one(const addrinfo& to, const Address& address, Budget budget) {
    auto what = "connect to " + address.text();
    Descriptor socket(::socket(to.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return fail_with_errno(what);
    if (::connect(socket.get(), to.ai_addr, to.ai_addrlen) != 0) {
        if (errno != EINPROGRESS)
            return fail_with_errno(what);
        if (!ready_within(socket.get(), POLLOUT, budget))
            return core::fail(
                fmt::format("{}: not taken up within {} ms: the slot is taken and another card waits for it", what,
                            budget.count()));
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        errno = error;
        if (error != 0)
            return fail_with_errno(what);
    }
    ::fcntl(socket.get(), F_SETFL, 0);
    set(socket.get(), TCP_NODELAY);
    return socket;
}

} // namespace

core::Result<Address> parse_address(const std::string& text) {
    auto colon = text.rfind(':');
    auto wrong = [&] { return core::fail(fmt::format("\"{}\" is not HOST:PORT", text)); };
    if (colon == std::string::npos || colon == 0)
        return wrong();
    auto digits = std::string_view(text).substr(colon + 1);
    bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    if (hexadecimal)
        digits.remove_prefix(2);
    Address address{text.substr(0, colon), 0};
    auto end = digits.data() + digits.size();
    auto [stop, error] = std::from_chars(digits.data(), end, address.port, hexadecimal ? 16 : 10);
    if (error != std::errc() || stop != end || address.port == 0)
        return wrong();
    return address;
}

core::Result<Descriptor> connect_to(const Address& address, Budget budget) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (int code = ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found); code != 0)
        return core::fail(fmt::format("connect to {}: {}", address.text(), ::gai_strerror(code)));
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
    core::Result<Descriptor> last = core::fail("connect to " + address.text() + ": no address");
    for (auto* each = found; each && !last; each = each->ai_next)
        last = connect_one(*each, address, budget);
    return last;
}

core::Result<Listener> listen_on_loopback(std::uint16_t port) {
    Listener listener{Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), port};
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    auto* plain = reinterpret_cast<sockaddr*>(&name);
    if (!listener.socket || ::bind(listener.socket.get(), plain, size) != 0 ||
        ::listen(listener.socket.get(), 1) != 0 || ::getsockname(listener.socket.get(), plain, &size) != 0)
        return fail_with_errno(fmt::format("listen on 127.0.0.1:{}", port));
    listener.port = ntohs(name.sin_port);
    return listener;
}

core::Result<Descriptor> accept_from(const Listener& listener, Budget budget) {
    if (!ready_within(listener.socket.get(), POLLIN, budget))
        return core::fail(fmt::format("no reader came to 127.0.0.1:{} within {} ms", listener.port, budget.count()));
    Descriptor socket(::accept4(listener.socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket)
        return fail_with_errno("accept");
    set(socket.get(), TCP_NODELAY);
    return socket;
}

bool comes_within(int socket, Budget budget) {
    return ready_within(socket, POLLIN, budget);
}

core::Result<std::size_t> read_at_once(int socket, std::span<core::Byte> to) {
    set(socket, TCP_QUICKACK);
    ssize_t count = 0;
    do
        count = ::recv(socket, to.data(), to.size(), 0);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_with_errno("read from the reader");
    set(socket, TCP_QUICKACK);
    return static_cast<std::size_t>(count);
}

core::Result<void> write_all(int socket, core::BytesView bytes) {
    while (!bytes.empty()) {
        auto count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR)
            return fail_with_errno("write to the reader");
        if (count > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

} // namespace tongka::simulator
