#include "cli/lab/process.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tongka::cli {

simulator::Descriptor watch_process(pid_t pid) {
    return simulator::Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

bool readable_within(int descriptor, int milliseconds) {
    pollfd wait{descriptor, POLLIN, 0};
    return ::poll(&wait, 1, milliseconds) > 0;
}

} // namespace tongka::cli
