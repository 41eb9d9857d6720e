#pragma once

#include <array>
#include <span>
#include <string>

#include "core/bytes.hpp"
#include "core/text.hpp"

namespace tongka::simulator {

/// A member of the interconnection: a city, or a project with a code of its own.
struct City {
    std::array<core::Byte, 2> code; ///< 4 BCD digits, the first four of its postal code (clauses.md J.8)
    core::Text name;
    bool project = false;
    /// What its cards carry as interop flag in file 0015 (standards.md 3.3): 0001 = they may pay in other cities.
    std::array<core::Byte, 2> interop{0x00, 0x01};
};

/// `2000`.
[[nodiscard]] std::string code_of(const City& city);

/// 80 cities and 6 projects, as many as today's network has: an example, whose names and postal codes are real and
/// whose membership is made up. The official list of members is not public.
[[nodiscard]] std::span<const City> example_cities();

} // namespace tongka::simulator
