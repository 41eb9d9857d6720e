#pragma once

#include <sys/types.h>
#include <vector>

#include "cli/lab/layout.hpp"
#include "cli/lab/workspace.hpp"

namespace tongka::cli {

/// The programs a lab is made of, as Debian installs them.
struct Programs {
    std::filesystem::path pcscd = "/usr/sbin/pcscd";
    std::filesystem::path vpcd = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
};

/// A pcscd of our own, in the foreground of this process: it ends with it, whatever that dies of.
class Pcscd {
public:
    /// Starts it on the sockets and the configuration of the workspace; `ports` has the first port of each block. From
    /// then on the workspace's end of pcscd.comm is closed here, so that clients notice a pcscd that died.
    [[nodiscard]] static core::Result<Pcscd> start(const Programs& programs, const Layout& layout,
                                                   const std::vector<std::uint16_t>& ports, Direction direction,
                                                   Workspace& workspace);
    Pcscd(Pcscd&& other) noexcept : ended(std::move(other.ended)), pid_(std::exchange(other.pid_, 0)) {}
    ~Pcscd() { stop(); }

    /// A pidfd: readable when pcscd has ended.
    simulator::Descriptor ended;

    void stop();

private:
    Pcscd() = default;
    pid_t pid_ = 0;
};

/// The last thing that pcscd wrote, for messages; empty if it wrote nothing.
[[nodiscard]] std::string last_line(const std::filesystem::path& log);

} // namespace tongka::cli
