#pragma once

#include <vector>

#include "core/clock.hpp"
#include "core/profile/profile.hpp"
#include "harness/plan/declaration.hpp"
#include "harness/run/devices.hpp"

namespace tongka::harness {

/// What a device showed of a claim.
struct Presence {
    enum class Result : std::uint8_t {
        agrees,       ///< the claim, whichever it is, is what the device shows
        absent,       ///< declared, but absent
        undeclared,   ///< present, but not declared
        not_testable, ///< no harmless command shows it, or the answer tells nothing
    };

    const ProformaItem* item; ///< lives in the proformas
    bool declared = false;
    Result result = Result::not_testable;
    Words text; ///< what was sent and answered, or why nothing was
};

/// Sends the probes of the proformas to the devices that are there, for each key that is declared. They change nothing
/// and cost no try; each begins with a reset, and the devices are reset at the end. An Error where a device gives no
/// answer.
[[nodiscard]] core::Result<std::vector<Presence>> check_presence(const Proformas& proformas,
                                                                 const Declaration& declaration, const Devices& devices,
                                                                 const core::Profile& profile,
                                                                 const core::Clock& clock);

} // namespace tongka::harness
