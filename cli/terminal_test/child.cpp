#include "cli/terminal_test/child.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/lab/process.hpp"

namespace tongka::cli {

core::Result<Child> Child::start(const std::string& command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return simulator::fail_with_errno("pipe");
    Child child;
    child.output_ = simulator::Descriptor(ends[0]);
    simulator::Descriptor input(ends[1]);
    child.pid_.value = ::fork();
    if (child.pid_.value == 0) {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(input.get(), STDOUT_FILENO);
        ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        ::_exit(127);
    }
    if (child.pid_.value < 0)
        return simulator::fail_with_errno("fork");
    ::setpgid(child.pid_.value, child.pid_.value);
    child.ended_ = watch_process(child.pid_.value);
    return child;
}

Child::~Child() {
    if (pid_.value > 0)
        (void)exit_status();
}

int Child::exit_status() {
    const pid_t pid = std::exchange(pid_.value, 0);
    ::kill(-pid, SIGKILL);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace tongka::cli
