#pragma once

#include <cstdint>
#include <vector>

#include "core/profile/profile.hpp"
#include "core/text.hpp"
#include "harness/device/device.hpp"
#include "harness/device/open.hpp"

namespace tongka::harness {

/// A simulated device in this process, powered on. Its random numbers follow from the options' seed, its memory from
/// their state file, if any; `deviation` is the name of a fault, or empty; an unknown name is an Error. A fault of the
/// other kind of device leaves this one right.
[[nodiscard]] core::Result<std::unique_ptr<Device>> make_simulated(Role role, const core::Profile& profile,
                                                                   const OpenOptions& options, bool blank = false);

/// A status word that a simulated device can give, and why.
struct StatusWordReason {
    std::string_view device;
    std::string_view command;
    core::Byte sw1;
    core::Byte sw2;
    std::string_view text;
    std::string_view basis;
};
[[nodiscard]] std::vector<StatusWordReason> status_word_reasons();

} // namespace tongka::harness
