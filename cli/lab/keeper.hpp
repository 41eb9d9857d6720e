#pragma once

#include "cli/lab/lab.hpp"
#include "cli/lab/signals.hpp"

namespace tongka::cli {

/// What a lab is made of before it runs.
struct LabPlan {
    const LabOptions& options;
    std::vector<Device> devices;
    Layout layout;
    std::optional<Identity> identity; ///< whom to become
    Direction direction = Direction::listens;
};

/// The process that keeps pcscd and the cards, in namespaces of its own. It ends when the lab's first process does,
/// and takes all with it.
class Keeper {
public:
    /// Starts it; returns when all readers have their cards, or at once with the reason why that cannot be.
    [[nodiscard]] static core::Result<Keeper> start(LabPlan& plan, Workspace& workspace, EndingSignals& signals);
    Keeper(Keeper&& other) noexcept : pid_(std::exchange(other.pid_, 0)), link_(std::move(other.link_)) {}
    ~Keeper() { stop(); }

    /// Readable when the keeper has something to say, which is that it cannot go on.
    [[nodiscard]] int descriptor() const { return link_.get(); }
    [[nodiscard]] core::Error last_words() const;
    [[nodiscard]] pid_t pid() const { return pid_; }

    /// Ends it and waits for its end.
    void stop();

private:
    Keeper() = default;
    pid_t pid_ = 0;
    simulator::Descriptor link_;
};

} // namespace tongka::cli
