#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "cli/lab/signals.hpp"
#include "core/result.hpp"

namespace tongka::cli {

/// A program of the user's that runs in the lab, with the environment of this process.
class Command {
public:
    /// Error where it cannot be run; then exit_status is that of a shell: 127 not found, 126 not executable.
    [[nodiscard]] static core::Result<Command> start(const std::vector<std::string>& words,
                                                     const EndingSignals& signals, int& exit_status);
    Command(Command&& other) noexcept : ended_(std::move(other.ended_)), pid_(std::exchange(other.pid_, 0)) {}
    ~Command();

    /// A pidfd: readable when the command has ended.
    [[nodiscard]] int descriptor() const { return ended_.get(); }

    [[nodiscard]] bool has_ended() const { return pid_ == 0; }

    /// After its end: its exit status, 128 + n where signal n ended it.
    [[nodiscard]] int exit_status();

private:
    Command() = default;
    simulator::Descriptor ended_;
    pid_t pid_ = 0;
};

/// Makes this process the parent of whatever its descendants leave behind, so that end_descendants finds it.
void adopt_orphans();

/// Ends all descendants of this process except one: asks with SIGTERM, then insists with SIGKILL.
void end_descendants(pid_t except);

} // namespace tongka::cli
