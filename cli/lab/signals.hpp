#pragma once

#include <csignal>
#include <optional>

#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

/// The signals that end a lab (SIGINT, SIGTERM, SIGHUP), taken as something to read instead of an interruption; as they
/// were again at the end.
class EndingSignals {
public:
    EndingSignals();
    ~EndingSignals();
    EndingSignals(const EndingSignals&) = delete;
    EndingSignals& operator=(const EndingSignals&) = delete;

    /// Readable when one has come.
    [[nodiscard]] int descriptor() const { return descriptor_.get(); }

    struct Taken {
        int number;
        bool from_terminal; ///< Ctrl-C: every process of the terminal's foreground got it
    };
    /// The signal that has come, if one has.
    [[nodiscard]] std::optional<Taken> take();

    /// In a child that runs another program: signals as they were before.
    void restore() const;

private:
    sigset_t before_;
    simulator::Descriptor descriptor_;
};

} // namespace tongka::cli
