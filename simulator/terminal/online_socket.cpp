#include "simulator/terminal/online_socket.hpp"

#include <cerrno>
#include <chrono>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <fmt/format.h>

#include "core/message/frame.hpp"

namespace tongka::simulator {
namespace {

using core::Result;

/// A blocking socket on which no call lasts longer than the budget.
Result<Descriptor> open_socket(const Address& address, Budget budget) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
        code != 0)
        return core::fail(::gai_strerror(code));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, ::freeaddrinfo);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(budget);
    const timeval limit{seconds.count(),
                        std::chrono::duration_cast<std::chrono::microseconds>(budget - seconds).count()};
    const int yes = 1;
    for (const auto* each = found; each != nullptr; each = each->ai_next) {
        Descriptor socket(::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!socket)
            continue;
        ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (::connect(socket.get(), each->ai_addr, each->ai_addrlen) == 0)
            return socket;
    }
    if (errno == EINPROGRESS)
        errno = ETIMEDOUT;
    return fail_with_errno("connect");
}

/// Why a call on the line failed: a socket that waits no longer tells OpenSSL to try again.
std::string why(const SSL* session, int result, Budget budget) {
    const int error = SSL_get_error(session, result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return fmt::format("no answer within {} ms", budget.count());
    return core::tls::failure(SSL_is_init_finished(session) ? nullptr : session);
}

} // namespace

OnlineSocket::~OnlineSocket() {
    if (session_)
        SSL_shutdown(session_.get()); // the host knows then that the line was not cut
}

Result<void> OnlineSocket::connect() {
    TONGKA_TRY(auto socket, open_socket(address_, budget_));
    TONGKA_TRY(auto session, core::tls::client_session(tls_, address_.host));
    if (SSL_set_fd(session.get(), socket.get()) != 1)
        return core::fail(core::tls::failure());
    if (const int result = SSL_connect(session.get()); result != 1)
        return core::fail(why(session.get(), result, budget_));
    socket_ = std::move(socket);
    session_ = std::move(session);
    return {};
}

Result<core::Bytes> OnlineSocket::exchange(core::BytesView frame) {
    auto answer = send_and_receive(frame);
    if (!answer) {
        // What may still come belongs to no request of ours any more.
        session_.reset();
        socket_.close();
        return core::fail(answer.error().at("host " + address_.text()));
    }
    return answer;
}

Result<core::Bytes> OnlineSocket::send_and_receive(core::BytesView frame) {
    const auto deadline = std::chrono::steady_clock::now() + budget_;
    if (!session_)
        TONGKA_CHECK(connect());
    ERR_clear_error();
    while (!frame.empty()) {
        const int sent = SSL_write(session_.get(), frame.data(), static_cast<int>(frame.size()));
        if (sent <= 0)
            return core::fail(why(session_.get(), sent, budget_));
        frame = frame.subspan(static_cast<std::size_t>(sent));
    }
    core::Bytes answer;
    while (true) {
        TONGKA_TRY(const auto size, core::message::frame_size(answer));
        if (size != 0 && size <= answer.size())
            return answer;
        if (std::chrono::steady_clock::now() > deadline)
            return core::fail(fmt::format("no answer within {} ms", budget_.count()));
        std::array<core::Byte, core::message::most_size> bytes;
        const int count = SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
        if (count <= 0)
            return core::fail(why(session_.get(), count, budget_));
        core::append(answer, core::BytesView(bytes).first(static_cast<std::size_t>(count)));
    }
}

} // namespace tongka::simulator
