#include "core/duration.hpp"

#include <charconv>

#include <fmt/format.h>

namespace tongka::core {

Result<std::chrono::microseconds> parse_duration(std::string_view text) {
    constexpr unsigned most = 999'999;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    auto unit = text.substr(static_cast<std::size_t>(end - text.data()));
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    if (error == std::errc{} && number > 0 && number <= most && (unit == "ms" || unit == "s"))
        return unit == "ms" ? std::chrono::milliseconds(number) : std::chrono::seconds(number);
    return fail(fmt::format("'{}' is no duration, such as 400 ms or 1 s", text));
}

std::string to_string(std::chrono::microseconds duration) {
    return fmt::format("{:.1f} ms", static_cast<double>(duration.count()) / 1000.0);
}

} // namespace tongka::core
