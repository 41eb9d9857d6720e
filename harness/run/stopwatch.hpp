#pragma once

#include <array>
#include <chrono>

#include "core/result.hpp"
#include "harness/device/device.hpp"
#include "harness/language/check_result.hpp"

namespace tongka::harness {

/// The time that exchanges with a run's devices take, and how much of it is the readers' own.
class Stopwatch {
public:
    using Duration = std::chrono::microseconds;

    /// What an exchange costs with this device's reader whatever the command (measure_latency).
    void set_latency(Role role, Duration latency) { latency_[index(role)] = latency; }

    void count(Role role, Duration taken) {
        taken_ += taken;
        readers_ += latency_[index(role)];
        ++exchanges_;
    }

    struct Reading {
        Duration taken{};
        Duration readers{};
        unsigned exchanges = 0;
    };
    [[nodiscard]] Reading now() const { return {taken_, readers_, exchanges_}; }

    /// Whether what was counted since `before` kept to `most`, the readers' share apart.
    [[nodiscard]] CheckResult judge(const Reading& before, Duration most) const;

private:
    static std::size_t index(Role role) { return static_cast<std::size_t>(role); }

    std::array<Duration, std::size(roles)> latency_{};
    Duration taken_{};
    Duration readers_{};
    unsigned exchanges_ = 0;
};

/// The median time of an exchange that the device refuses at once (an instruction byte that nobody has): what reader
/// and service cost. Zero for a device that is simulated in this process.
[[nodiscard]] core::Result<Stopwatch::Duration> measure_latency(Device& device);

} // namespace tongka::harness
