#pragma once

#include "core/profile/profile.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// How the chip of a user card shows itself: its answer to reset and its identifier (standards.md 2.1, 2.2).
[[nodiscard]] Appearance appearance_of(const core::CardProfile& profile);

} // namespace tongka::simulator
