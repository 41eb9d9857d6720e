#pragma once

#include "core/profile/profile.hpp"
#include "simulator/chip/files.hpp"
#include "simulator/chip/memory.hpp"

namespace tongka::simulator {

/// Where the card finds what its commands work on.
struct CardPlaces {
    FileIndex application;
    Address purse;
    Address pin;
};

/// Makes the files of a city card (standards.md 3.3): MF with DIR and 0005; the application with 0015, 0016, 0017, the
/// logs 0018, 0010 and 001A, the purse 0002 and the PIN.
[[nodiscard]] CardPlaces make_card_files(Memory& memory, Files& files, const core::CardProfile& profile);

/// The purse log and the log of loads.
inline constexpr std::uint16_t purchase_log = 0x0018;
inline constexpr std::uint16_t load_log = 0x001A;

} // namespace tongka::simulator
