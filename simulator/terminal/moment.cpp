#include "simulator/terminal/moment.hpp"

#include <algorithm>

#include "core/bcd.hpp"

namespace tongka::simulator {

std::optional<std::chrono::local_seconds> read_moment(const Moment& moment) {
    const auto date = core::read_bcd_date(core::BytesView(moment).first(4));
    const auto time = core::read_bcd_time(core::BytesView(moment).last(3));
    if (!date || !time)
        return std::nullopt;
    return std::chrono::local_seconds(std::chrono::local_days(*date)) + *time;
}

ShortMoment shorten(const Moment& moment) {
    ShortMoment made{};
    std::copy_n(moment.begin() + 1, made.size(), made.begin());
    return made;
}

std::optional<std::chrono::local_seconds> read_moment(const ShortMoment& moment) {
    Moment whole{0x20};
    std::ranges::copy(moment, whole.begin() + 1);
    return read_moment(whole);
}

} // namespace tongka::simulator
