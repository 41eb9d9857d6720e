#pragma once

#include "core/result.hpp"
#include "harness/device/action_values.hpp"
#include "simulator/terminal/parameters.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::harness {

/// Puts what the action `parameters` was given into those of the terminal; what was not given stays. An Error for a
/// list whose entries are not whole.
[[nodiscard]] core::Result<void> set_parameters(const Values& arguments, simulator::TerminalParameters& parameters);

/// Date and time of an action.
[[nodiscard]] simulator::Moment moment_of(const Values& arguments);
/// Its station.
[[nodiscard]] simulator::Place place_of(const Values& arguments);

/// What a flow came to, as results of its action: outcome, reason and record.
void tell_outcome(const simulator::TerminalOutcome& outcome, Values& results);

/// What the journal holds, and the last of it.
[[nodiscard]] Values tell_records(const std::vector<simulator::TerminalRecord>& records);

} // namespace tongka::harness
