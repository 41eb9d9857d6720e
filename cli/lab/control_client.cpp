#include "cli/lab/control_client.hpp"

#include <array>
#include <cstring>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <fmt/format.h>

#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

namespace {

/// Longer than any command of the lab takes.
constexpr timeval answer_budget{30, 0};

core::Result<std::string> read_line(int socket) {
    std::string text;
    std::array<char, 512> piece;
    while (!text.ends_with('\n')) {
        auto size = ::recv(socket, piece.data(), piece.size(), 0);
        if (size < 0)
            return simulator::fail_with_errno("no answer from the lab");
        if (size == 0)
            return core::fail("the lab ended before it answered");
        text.append(piece.data(), static_cast<std::size_t>(size));
    }
    text.pop_back();
    return text;
}

} // namespace

core::Result<std::string> ask_lab(const std::filesystem::path& directory, const std::string& line) {
    if (directory.empty())
        return core::fail("which lab? Give --dir DIR, or run it inside tongka lab");
    auto path = (directory / "control").native();
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (path.size() >= sizeof name.sun_path)
        return core::fail(path + ": too long for a Unix socket");
    std::memcpy(name.sun_path, path.c_str(), path.size());
    simulator::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || ::connect(socket.get(), reinterpret_cast<sockaddr*>(&name), sizeof name) != 0)
        return simulator::fail_with_errno("no lab at " + directory.native());
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &answer_budget, sizeof answer_budget);
    auto sent = line + "\n";
    if (::send(socket.get(), sent.data(), sent.size(), MSG_NOSIGNAL) < 0)
        return simulator::fail_with_errno("no lab at " + directory.native());
    TONGKA_TRY(auto answer, read_line(socket.get()));
    static constexpr std::string_view error = "error ";
    if (answer.starts_with(error))
        return core::fail(answer.substr(error.size()));
    return answer == "ok" ? std::string() : answer.substr(std::strlen("ok "));
}

} // namespace tongka::cli
