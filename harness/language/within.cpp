#include "harness/language/within.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/duration.hpp"
#include "core/nearest.hpp"

namespace tongka::harness {

std::span<const std::string_view> limit_names() {
    static constexpr std::string_view names[] = {"purchase", "load"};
    return names;
}

core::Result<Within> read_within(const core::document::Node& node) {
    TONGKA_TRY(const auto text, node.as_text("within"));
    if (std::ranges::find(limit_names(), text) != limit_names().end())
        return Within{.source = node, .limit = std::string(text)};
    const auto most = core::parse_duration(text);
    if (!most)
        return core::fail(node.error(
            fmt::format("{}, and no limit of profiles{}", most.error().message, core::suggest(text, limit_names()))));
    return Within{.source = node, .most = *most};
}

} // namespace tongka::harness
