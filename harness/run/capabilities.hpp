#pragma once

#include <optional>

#include "harness/language/model.hpp"
#include "harness/run/devices.hpp"

namespace tongka::harness {

/// Why the things under test of this run cannot be asked for all that the case asks of them; nothing where they can.
[[nodiscard]] std::optional<Words> why_not(const Case& test_case, const Devices& devices);

} // namespace tongka::harness
