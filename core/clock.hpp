#pragma once

#include <chrono>

namespace tongka::core {

/// The time of day a run or a device goes by; passed in, so that a test can set it.
class Clock {
public:
    using Time = std::chrono::system_clock::time_point;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Time now() const override { return std::chrono::system_clock::now(); }
};

class FixedClock final : public Clock {
public:
    explicit FixedClock(Time time) : time_(time) {}
    [[nodiscard]] Time now() const override { return time_; }

private:
    Time time_;
};

} // namespace tongka::core
