#include "cli/lab/command.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "cli/lab/process.hpp"

namespace tongka::cli {

using simulator::Descriptor;
using simulator::fail_with_errno;

namespace {

/// What a command gets to end in order before it is killed.
constexpr std::chrono::milliseconds courtesy{2000};

[[noreturn]] void execute(const std::vector<std::string>& words, const EndingSignals& signals, int report,
                          pid_t parent) {
    std::vector<char*> arguments;
    for (const auto& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(1);
    signals.restore();
    ::execvp(arguments[0], arguments.data());
    int why = errno;
    (void)!::write(report, &why, sizeof why);
    ::_exit(127);
}

std::vector<pid_t> children() {
    std::ifstream file("/proc/self/task/" + std::to_string(::getpid()) + "/children");
    std::vector<pid_t> found;
    for (pid_t pid = 0; file >> pid;)
        found.push_back(pid);
    return found;
}

} // namespace

core::Result<Command> Command::start(const std::vector<std::string>& words, const EndingSignals& signals,
                                     int& exit_status) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return fail_with_errno("pipe");
    Descriptor report(ends[0]);
    Descriptor reporter(ends[1]);
    Command command;
    auto parent = ::getpid();
    command.pid_ = ::fork();
    if (command.pid_ == 0)
        execute(words, signals, reporter.get(), parent);
    if (command.pid_ < 0)
        return fail_with_errno("fork");
    reporter.close();
    command.ended_ = watch_process(command.pid_);
    int why = 0;
    if (::read(report.get(), &why, sizeof why) == sizeof why) {
        exit_status = why == ENOENT ? 127 : 126;
        return core::fail(words[0] + ": " + std::error_code(why, std::generic_category()).message());
    }
    return command;
}

Command::~Command() {
    if (pid_ > 0)
        ::waitpid(pid_, nullptr, 0);
}

int Command::exit_status() {
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void adopt_orphans() {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void end_descendants(pid_t except) {
    auto insist = std::chrono::steady_clock::now() + courtesy;
    while (true) {
        bool late = std::chrono::steady_clock::now() >= insist;
        bool left = false;
        for (auto pid : children()) {
            if (pid == except)
                continue;
            left = true;
            ::kill(pid, late ? SIGKILL : SIGTERM);
            readable_within(watch_process(pid).get(), late ? -1 : static_cast<int>(courtesy.count()));
            ::waitpid(pid, nullptr, WNOHANG);
        }
        if (!left)
            return;
    }
}

} // namespace tongka::cli
