#include "core/profile/content.hpp"

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"

namespace tongka::core {
namespace {

constexpr std::string_view names[] = {"asn", "city", "start", "expiry", "chip"};

Result<BytesView> value_of(std::string_view name, const CardProfile& card) {
    if (name == "asn")
        return card.asn;
    if (name == "city")
        return card.city;
    if (name == "start")
        return card.start_date;
    if (name == "expiry")
        return card.expiry_date;
    if (name == "chip")
        return card.chip_serial;
    return fail(fmt::format("a content knows no {{{}}}{}", name, suggest(name, names)));
}

} // namespace

Result<Bytes> fill_in(std::string_view content, const CardProfile& card) {
    std::string hex;
    while (!content.empty()) {
        const auto open = content.find('{');
        hex += content.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const auto close = content.find('}', open);
        if (close == std::string_view::npos)
            return fail("a content has a { without its }");
        TONGKA_TRY(const BytesView value, value_of(content.substr(open + 1, close - open - 1), card));
        hex += to_hex(value);
        content.remove_prefix(close + 1);
    }
    return from_hex(hex);
}

} // namespace tongka::core
