#pragma once

#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/profile/profile.hpp"
#include "core/text.hpp"
#include "harness/run/devices.hpp"

namespace tongka::harness {

/// One thing that was looked at before a run, and what was found.
struct Finding {
    core::Text subject;
    bool well = false;
    std::string text; ///< what was found; for something wrong, what to do about it
};

/// Looks at card, PSAM, keys and clock without leaving a trace on the devices. What is wrong here is wrong with the
/// set-up, not with the device under test.
[[nodiscard]] std::vector<Finding> preflight(const Devices& devices, const core::Profile& profile,
                                             const core::Clock& clock);

} // namespace tongka::harness
