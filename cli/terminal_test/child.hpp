#pragma once

#include <string>
#include <sys/types.h>

#include "core/result.hpp"
#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

/// A shell command that runs beside us, in a process group of its own; its standard output comes here.
class Child {
public:
    [[nodiscard]] static core::Result<Child> start(const std::string& command);
    Child(Child&& other) noexcept = default;
    ~Child();

    [[nodiscard]] int output() const { return output_.get(); }
    /// Readable when it has ended.
    [[nodiscard]] int ended() const { return ended_.get(); }
    /// After its end: its exit status, 128 + n where signal n ended it. What it left running is ended too.
    [[nodiscard]] int exit_status();

private:
    Child() = default;
    struct Pid {
        pid_t value = 0;
        Pid() = default;
        Pid(Pid&& other) noexcept : value(std::exchange(other.value, 0)) {}
    } pid_;
    simulator::Descriptor output_;
    simulator::Descriptor ended_;
};

} // namespace tongka::cli
