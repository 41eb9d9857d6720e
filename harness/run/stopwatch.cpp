#include "harness/run/stopwatch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/duration.hpp"

namespace tongka::harness {

CheckResult Stopwatch::judge(const Reading& before, Duration most) const {
    const auto taken = taken_ - before.taken;
    const auto readers = std::min(taken, readers_ - before.readers);
    const auto net = taken - readers;
    CheckResult result;
    result.pass = net <= most;
    result.expected = fmt::format("<= {}", core::to_string(most));
    result.received = fmt::format("{}: {} in {} exchanges, less {} of the reader", core::to_string(net),
                                  core::to_string(taken), exchanges_ - before.exchanges, core::to_string(readers));
    if (!result.pass)
        result.message = {fmt::format("用时{}，应不超过{}", core::to_string(net), core::to_string(most)),
                          fmt::format("it took {}, and may take {}", core::to_string(net), core::to_string(most))};
    return result;
}

core::Result<Stopwatch::Duration> measure_latency(Device& device) {
    if (!device.is_real())
        return Stopwatch::Duration::zero();
    constexpr core::Byte nobodys[] = {0x00, 0xFE, 0x00, 0x00};
    constexpr std::size_t exchanges = 21;
    TONGKA_CHECK(device.reset());
    std::array<Stopwatch::Duration, exchanges> taken{};
    for (auto& one : taken) {
        const auto sent = std::chrono::steady_clock::now();
        TONGKA_CHECK(device.transmit(nobodys));
        one = std::chrono::duration_cast<Stopwatch::Duration>(std::chrono::steady_clock::now() - sent);
    }
    std::ranges::nth_element(taken, taken.begin() + exchanges / 2);
    return taken[exchanges / 2];
}

} // namespace tongka::harness
