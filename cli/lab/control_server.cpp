#include "cli/lab/control_server.hpp"

#include <algorithm>
#include <array>
#include <sys/socket.h>

namespace tongka::cli {

namespace {

constexpr std::size_t longest_line = 1000;

bool is_ready(const std::vector<pollfd>& polled, int descriptor) {
    return std::ranges::any_of(polled, [=](const pollfd& p) { return p.fd == descriptor && p.revents != 0; });
}

bool send_line(int socket, std::string line) {
    line += '\n';
    // Answers are far shorter than a socket's buffer: one that does not fit belongs to a client that never reads.
    return ::send(socket, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT) == static_cast<ssize_t>(line.size());
}

} // namespace

void ControlServer::add_to(std::vector<pollfd>& polled) const {
    polled.push_back({listening_, POLLIN, 0});
    for (const auto& client : clients_)
        polled.push_back({client.socket.get(), POLLIN, 0});
}

void ControlServer::serve(const std::vector<pollfd>& polled) {
    clients_.remove_if([&](Client& client) { return is_ready(polled, client.socket.get()) && !serve(client); });
    if (is_ready(polled, listening_))
        if (simulator::Descriptor socket(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)); socket)
            clients_.push_back({std::move(socket), {}});
}

bool ControlServer::serve(Client& client) {
    std::array<char, 512> piece;
    auto size = ::recv(client.socket.get(), piece.data(), piece.size(), MSG_DONTWAIT);
    if (size <= 0)
        return false;
    client.unread.append(piece.data(), static_cast<std::size_t>(size));
    for (auto end = client.unread.find('\n'); end != std::string::npos; end = client.unread.find('\n')) {
        auto answer = obey_(std::string_view(client.unread).substr(0, end));
        client.unread.erase(0, end + 1);
        if (!send_line(client.socket.get(), std::move(answer)))
            return false;
    }
    if (client.unread.size() > longest_line) {
        send_line(client.socket.get(), "error the line is too long");
        return false;
    }
    return true;
}

} // namespace tongka::cli
