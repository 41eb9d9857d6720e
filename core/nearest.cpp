#include "core/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace tongka::core {
namespace {

/// More than this is not printed whole, nor compared: names are short, and a text of a megabyte is not a typing error.
constexpr std::size_t longest_name = 64;
constexpr std::size_t most_names_listed = 24;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' ? '-' : c;
}

/// Optimal string alignment distance; case and `_` against `-` do not count.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            const bool exchanged =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (exchanged)
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace

std::optional<std::string_view> nearest(std::string_view name, std::span<const std::string_view> candidates) {
    if (name.size() > longest_name)
        return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t fewest = 0;
    for (auto candidate : candidates) {
        const auto errors = distance(name, candidate);
        const bool near = 3 * errors <= std::max(name.size(), candidate.size());
        if (near && (!best || errors < fewest)) {
            best = candidate;
            fewest = errors;
        }
    }
    return best;
}

std::string suggest(std::string_view name, std::span<const std::string_view> candidates) {
    if (candidates.empty())
        return {};
    if (auto best = nearest(name, candidates))
        return fmt::format(": did you mean '{}'?", *best);
    std::vector<std::string_view> known(candidates.begin(), candidates.end());
    std::ranges::sort(known);
    const bool all = known.size() <= most_names_listed;
    known.resize(std::min(known.size(), most_names_listed));
    return fmt::format(": known are {}{}", fmt::join(known, ", "), all ? "" : ", …");
}

} // namespace tongka::core
