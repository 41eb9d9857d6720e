#include "core/certificates/time.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <openssl/err.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace tongka::core::certificates {

Result<Asn1Time> to_asn1(Clock::Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    Asn1Time made(ASN1_TIME_set(nullptr, seconds));
    if (!made)
        return openssl_failure("a time that a certificate cannot hold");
    return made;
}

std::optional<Clock::Time> from_asn1(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
        ERR_clear_error();
        return std::nullopt;
    }
    return Clock::Time(std::chrono::seconds(timegm(&parts)));
}

std::string to_text(Clock::Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

Result<Clock::Time> read_time(std::string_view text) {
    constexpr std::string_view day_shape = "0000-00-00";
    constexpr std::string_view shape = "0000-00-00T00:00:00Z";
    std::string digits_as_0(text);
    std::ranges::replace_if(
        digits_as_0, [](char c) { return c >= '0' && c <= '9'; }, '0');
    std::tm parts{};
    if (digits_as_0 == shape || digits_as_0 == day_shape) {
        std::sscanf(std::string(text).c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                    &parts.tm_hour, &parts.tm_min, &parts.tm_sec);
        parts.tm_year -= 1900;
        parts.tm_mon -= 1;
        const Clock::Time time{std::chrono::seconds(timegm(&parts))};
        // timegm turns 31 February into March: only a time that exists comes back as it was written.
        if (parts.tm_year >= 70 && parts.tm_year < 300 && to_text(time).starts_with(text))
            return time;
    }
    return fail(fmt::format("'{}' is not a time such as 2026-11-23 or 2026-11-23T08:00:00Z (UTC)", text));
}

} // namespace tongka::core::certificates
