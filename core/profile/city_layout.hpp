#pragma once

#include <vector>

#include "core/profile/profile.hpp"

namespace tongka::core {

/// The files of a city card of the housing ministry (standards.md 3.3): what a profile without `files` has.
[[nodiscard]] std::vector<FileProfile> city_layout(const CardProfile& card);

} // namespace tongka::core
