#pragma once

#include <map>
#include <string>

#include "core/result.hpp"

namespace tongka::harness {

/// How many wrong tries a real device can still spare, by kind (`pin`, `mac`). One try of each kind is never touched: a
/// device with its last try gone is lost. A simulated device spares any number.
class TryBudget {
public:
    using Tries = std::map<std::string, unsigned, std::less<>>;

    /// `allowed` is what the device allows before it blocks (IXIT). Nothing is spared of a kind that it does not name.
    static TryBudget of_real_device(Tries allowed) { return TryBudget(std::move(allowed), true); }
    static TryBudget of_simulated_device() { return TryBudget({}, false); }

    /// Takes what a case spends; an Error says why it cannot be had, and then nothing is taken.
    [[nodiscard]] core::Result<void> take(const Tries& spent);

    /// A right try of this kind has set the device's counter back.
    void restore(const std::string& kind) { taken_.erase(kind); }

private:
    TryBudget(Tries allowed, bool limited) : allowed_(std::move(allowed)), limited_(limited) {}

    Tries allowed_;
    Tries taken_;
    bool limited_;
};

} // namespace tongka::harness
