#pragma once

#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"
#include "harness/device/device.hpp"

namespace tongka::harness {

/// A fault that a simulated device or actor can be given.
struct DeviationName {
    std::string_view name;
    std::string_view device; ///< the name of its role
    core::Text title;
};

/// Of all roles, those of the devices first.
[[nodiscard]] std::vector<DeviationName> deviation_names();

/// Whose fault this is. The Error for a name that no role knows tells the nearest.
[[nodiscard]] core::Result<Role> role_of_deviation(std::string_view deviation);

} // namespace tongka::harness
