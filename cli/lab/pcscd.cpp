#include "cli/lab/pcscd.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/lab/process.hpp"

namespace tongka::cli {

using simulator::Descriptor;
using simulator::fail_with_errno;

namespace {

constexpr int systemd_first_socket = 3; // sd_listen_fds(3)
constexpr int milliseconds_to_end = 2000;

/// A copy of the driver in memory, without a place in the file system that could forbid execution. It lies above the
/// descriptors that pcscd expects at fixed numbers, and survives exec.
core::Result<Descriptor> copy_driver(const std::filesystem::path& vpcd) {
    std::ifstream file(vpcd, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file || content.empty())
        return core::fail(fmt::format("vpcd's driver {} cannot be read: is vsmartcard-vpcd installed?", vpcd.native()));
    Descriptor memory(::memfd_create("vpcd", MFD_CLOEXEC));
    Descriptor high(::fcntl(memory.get(), F_DUPFD, 16));
    if (!high || ::write(high.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()))
        return fail_with_errno("copy " + vpcd.native());
    return high;
}

[[noreturn]] void execute(const char* pcscd, const Workspace& workspace, Descriptor configuration, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(1);
    ::signal(SIGINT, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    hide_real_readers();
    Descriptor log(::open(workspace.log().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    ::dup2(log.get(), STDOUT_FILENO);
    ::dup2(log.get(), STDERR_FILENO);
    Descriptor socket(::fcntl(workspace.pcscd.get(), F_DUPFD_CLOEXEC, 16));
    ::dup2(socket.get(), systemd_first_socket);
    ::setenv("LISTEN_FDS", "1", 1);
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    // DIR/reader.conf.d by its descriptor: a /run of its own may hide DIR.
    auto path = fmt::format("/proc/self/fd/{}", configuration.get());
    ::execl(pcscd, "pcscd", "-f", "-c", path.c_str(), nullptr);
    ::_exit(127);
}

} // namespace

core::Result<Pcscd> Pcscd::start(const Programs& programs, const Layout& layout,
                                 const std::vector<std::uint16_t>& ports, Direction direction, Workspace& workspace) {
    if (::access(programs.pcscd.c_str(), X_OK) != 0)
        return core::fail(fmt::format("there is no pcscd at {}: install it (apt-get install pcscd vsmartcard-vpcd)",
                                      programs.pcscd.native()));
    std::vector<Descriptor> drivers;
    std::vector<Wiring> wiring;
    for (auto port : ports) {
        TONGKA_TRY(auto driver, copy_driver(programs.vpcd));
        wiring.push_back({port, fmt::format("/proc/self/fd/{}", driver.get())});
        drivers.push_back(std::move(driver));
    }
    auto file = workspace.reader_configuration() / "lab";
    if (!(std::ofstream(file) << reader_configuration(layout, wiring, direction) << std::flush))
        return fail_with_errno("write " + file.native());
    Descriptor directory(::open(workspace.reader_configuration().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    Descriptor configuration(::fcntl(directory.get(), F_DUPFD, 16));
    if (!configuration)
        return fail_with_errno("open " + workspace.reader_configuration().native());

    Pcscd pcscd;
    auto parent = ::getpid();
    pcscd.pid_ = ::fork();
    if (pcscd.pid_ == 0)
        execute(programs.pcscd.c_str(), workspace, std::move(configuration), parent);
    if (pcscd.pid_ < 0)
        return fail_with_errno("fork");
    workspace.pcscd.close();
    pcscd.ended = watch_process(pcscd.pid_);
    return pcscd;
}

void Pcscd::stop() {
    if (pid_ == 0)
        return;
    ::kill(pid_, SIGTERM);
    if (!ended || !readable_within(ended.get(), milliseconds_to_end))
        ::kill(pid_, SIGKILL);
    ::waitpid(std::exchange(pid_, 0), nullptr, 0);
}

std::string last_line(const std::filesystem::path& log) {
    std::ifstream file(log);
    std::string last;
    for (std::string line; std::getline(file, line);)
        if (!line.empty())
            last = line;
    return last;
}

} // namespace tongka::cli
