#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/rules.hpp"

namespace tongka::harness {

struct Comparison;

/// A `when` as the loader reasons about it. One that asks for nothing but a rule's choice is known by the choices with
/// which it holds; of any other only its text is known.
struct Guard {
    std::string text;
    const core::RuleInfo* rule = nullptr;
    std::uint64_t choices = 0; ///< bit i: holds with the rule's i-th choice
};

/// Guards that hold together; none holds always.
using Guards = std::vector<Guard>;

[[nodiscard]] Guard guard_of(const Comparison& when);

/// Whether the two can never hold together, since they ask for different choices of one rule.
[[nodiscard]] bool exclude(const Guards& a, const Guards& b);

/// Whether one of `places` surely holds where all of `in_force` do.
[[nodiscard]] bool is_sure(const std::vector<const Guards*>& places, const Guards& in_force);

/// "a == b and c == d".
[[nodiscard]] std::string to_string(const Guards& guards);

} // namespace tongka::harness
