#pragma once

#include <sys/types.h>

#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

/// A descriptor that is readable when the process has ended (pidfd_open(2), whose header in glibc 2.36 is not made for
/// C++).
[[nodiscard]] simulator::Descriptor watch_process(pid_t pid);

/// Whether the descriptor is readable, or closed from the other side, within that time; -1 waits for ever.
bool readable_within(int descriptor, int milliseconds);

} // namespace tongka::cli
