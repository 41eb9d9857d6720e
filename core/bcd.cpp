#include "core/bcd.hpp"

#include <stdexcept>

namespace tongka::core {

static constexpr std::size_t max_width = 9; // 18 digits fit in 64 bits

bool is_bcd(BytesView bytes) {
    return std::ranges::all_of(bytes, [](Byte byte) { return (byte >> 4) <= 9 && (byte & 0x0F) <= 9; });
}

std::optional<std::uint64_t> read_bcd(BytesView bytes) {
    if (bytes.size() > max_width || !is_bcd(bytes))
        return std::nullopt;
    std::uint64_t number = 0;
    for (Byte byte : bytes)
        number = number * 100 + (byte >> 4) * 10U + (byte & 0x0FU);
    return number;
}

/// Fills `to` with the low digits of `number` and returns what was left over.
static std::uint64_t fill_bcd(std::span<Byte> to, std::uint64_t number) {
    for (auto at = to.rbegin(); at != to.rend(); ++at, number /= 100)
        *at = static_cast<Byte>(number / 10 % 10 << 4 | number % 10);
    return number;
}

Result<Bytes> to_bcd(std::uint64_t number, std::size_t width) {
    Bytes bytes(width);
    if (fill_bcd(bytes, number) != 0)
        return fail(std::to_string(number) + " does not fit in " + std::to_string(width) + " bytes of BCD");
    return bytes;
}

std::optional<std::chrono::year_month_day> read_bcd_date(BytesView bytes) {
    const auto number = read_bcd(bytes);
    if (!number || bytes.size() != std::tuple_size_v<BcdDate>)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*number / 10000)),
                                           std::chrono::month(static_cast<unsigned>(*number / 100 % 100)),
                                           std::chrono::day(static_cast<unsigned>(*number % 100))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<std::chrono::seconds> read_bcd_time(BytesView bytes) {
    const auto number = read_bcd(bytes);
    if (!number || bytes.size() != std::tuple_size_v<BcdTime>)
        return std::nullopt;
    const auto hours = *number / 10000;
    const auto minutes = *number / 100 % 100;
    const auto seconds = *number % 100;
    if (hours > 23 || minutes > 59 || seconds > 59)
        return std::nullopt;
    return std::chrono::seconds(static_cast<std::int64_t>((hours * 60 + minutes) * 60 + seconds));
}

BcdDateTime to_bcd(std::chrono::sys_seconds moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999)
        throw std::out_of_range("a BCD date has a year from 0 to 9999");
    const std::chrono::hh_mm_ss time(moment - day);
    BcdDateTime bcd{};
    fill_bcd(bcd.date, (static_cast<std::uint64_t>(year) * 100 + static_cast<unsigned>(date.month())) * 100 +
                           static_cast<unsigned>(date.day()));
    fill_bcd(bcd.time, static_cast<std::uint64_t>((time.hours().count() * 100 + time.minutes().count()) * 100 +
                                                  time.seconds().count()));
    return bcd;
}

} // namespace tongka::core
