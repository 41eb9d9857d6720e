#pragma once

#include <CLI/App.hpp>

#include "core/profile/profile.hpp"
#include "simulator/terminal/isam_steps.hpp"

namespace tongka::cli {

/// The load SAM of a flow.
struct LoadSamOption {
    std::string device = {}; ///< empty: none
    std::string state = {};
    std::uint32_t limit = 0; ///< in fen; 0: the one that stands in the SAM

    void add_to(CLI::App& command);
};

/// What the terminal reads of its load SAM, and a log-in for this process, since it ends with the power: with the keys
/// of the profile, which stand for the host's.
[[nodiscard]] core::Result<simulator::LoadSam> log_in(const LoadSamOption& option, const simulator::Transmit& isam,
                                                      const core::Profile& profile);

} // namespace tongka::cli
