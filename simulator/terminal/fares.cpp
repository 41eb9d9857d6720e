#include "simulator/terminal/fares.hpp"

#include <algorithm>
#include <cstdlib>

namespace tongka::simulator {

std::optional<std::uint32_t> Fares::fare(const Place& entry, const Place& exit, std::uint32_t minutes) const {
    if (kind == Kind::time) {
        if (minutes <= free_minutes)
            return 0;
        if (unit_minutes == 0)
            return std::min(unit_fare, highest);
        const std::uint64_t units = (std::uint64_t{minutes} + unit_minutes - 1) / unit_minutes;
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(units * unit_fare, highest));
    }
    const auto from = stations.find(entry);
    const auto to = stations.find(exit);
    if (from == stations.end() || to == stations.end())
        return std::nullopt;
    const std::int64_t a = from->second;
    const std::int64_t b = to->second;
    const auto metres =
        static_cast<std::uint64_t>(entry.line == exit.line ? std::abs(a - b) : std::abs(a) + std::abs(b));
    const auto segment = std::ranges::find_if(segments, [&](const Segment& one) { return metres <= one.metres; });
    return segment == segments.end() ? highest : std::min(segment->fare, highest);
}

std::uint32_t TransferDiscount::concession(std::uint32_t fare) const {
    const std::uint64_t off = std::uint64_t{fare} * percent / 100 + amount;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(off, fare));
}

} // namespace tongka::simulator
