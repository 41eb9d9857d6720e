#include "cli/lab/keeper.hpp"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/lab/inside.hpp"

namespace tongka::cli {

using simulator::Descriptor;
using simulator::fail_with_errno;

namespace {

constexpr int milliseconds_to_start = 30'000;
/// After which a keeper that hangs while it starts is ended by the system, and pcscd with it.
constexpr unsigned seconds_to_start = 35;

/// The next message of the keeper; empty when it has gone.
std::string receive(int link) {
    std::array<char, 4096> text;
    auto size = ::recv(link, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "";
}

[[noreturn]] void become_keeper(LabPlan& plan, Workspace& workspace, Descriptor link, pid_t parent) {
    ::prctl(PR_SET_NAME, "tongka keeper");
    ::setpgid(0, 0); // Ctrl-C is for the lab's first process, which ends us in order
    Descriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    ::dup2(null.get(), STDIN_FILENO);
    ::dup2(null.get(), STDOUT_FILENO);
    if (::getppid() != parent)
        std::exit(1);
    ::alarm(seconds_to_start);
    auto end = keep_inside(plan, workspace, link.get());
    plan.devices.clear(); // closes their state files
    const bool another_try = !end && end.error().message.starts_with(refused);
    if (!another_try)
        workspace.remove(); // the first process may be dead
    if (!end)
        ::send(link.get(), end.error().message.data(), end.error().message.size(), MSG_NOSIGNAL);
    link.close();
    std::exit(end ? 0 : 1);
}

} // namespace

core::Result<Keeper> Keeper::start(LabPlan& plan, Workspace& workspace, EndingSignals& signals) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return fail_with_errno("socketpair");
    if (!plan.options.attach)
        TONGKA_CHECK(workspace.listen_for_pcscd());
    Keeper keeper;
    keeper.link_ = Descriptor(ends[0]);
    Descriptor inner(ends[1]);
    auto parent = ::getpid();
    keeper.pid_ = ::fork();
    if (keeper.pid_ == 0) {
        keeper.link_.close();
        keeper.pid_ = 0;
        become_keeper(plan, workspace, std::move(inner), parent);
    }
    if (keeper.pid_ < 0)
        return fail_with_errno("fork");
    inner.close();
    workspace.pcscd.close();

    std::array<pollfd, 2> wait{{{keeper.link_.get(), POLLIN, 0}, {signals.descriptor(), POLLIN, 0}}};
    if (::poll(wait.data(), wait.size(), milliseconds_to_start) == 0)
        return core::fail("the readers did not come up within 30 s");
    if (wait[0].revents == 0)
        return core::fail("interrupted");
    if (auto said = receive(keeper.link_.get()); said != ready_message)
        return core::fail(said.empty() ? "the process that keeps the cards died" : said);
    return keeper;
}

core::Error Keeper::last_words() const {
    auto said = receive(link_.get());
    return {said.empty() ? "the process that keeps the cards died" : said};
}

void Keeper::stop() {
    link_.close();
    if (pid_ > 0)
        ::waitpid(std::exchange(pid_, 0), nullptr, 0);
}

} // namespace tongka::cli
