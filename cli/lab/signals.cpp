#include "cli/lab/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

namespace tongka::cli {

EndingSignals::EndingSignals() {
    sigset_t ending;
    ::sigemptyset(&ending);
    for (int number : {SIGINT, SIGTERM, SIGHUP})
        ::sigaddset(&ending, number);
    ::sigprocmask(SIG_BLOCK, &ending, &before_);
    descriptor_ = simulator::Descriptor(::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK));
}

EndingSignals::~EndingSignals() {
    restore();
}

std::optional<EndingSignals::Taken> EndingSignals::take() {
    signalfd_siginfo info{};
    if (::read(descriptor_.get(), &info, sizeof info) != sizeof info)
        return {};
    return Taken{static_cast<int>(info.ssi_signo), info.ssi_code == SI_KERNEL};
}

void EndingSignals::restore() const {
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

} // namespace tongka::cli
