#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tongka::core {

/// The candidate that `name` was most likely meant to be: the one with the fewest typing errors (a letter wrong,
/// missing, added, or two letters exchanged), if a third of the longer word or fewer are wrong.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view name,
                                                      std::span<const std::string_view> candidates);

/// For the end of a message about an unknown name: `: did you mean 'steps'?`, or where nothing is near,
/// `: known are id, steps, title`; empty without candidates.
[[nodiscard]] std::string suggest(std::string_view name, std::span<const std::string_view> candidates);

} // namespace tongka::core
