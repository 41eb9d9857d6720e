#pragma once

#include <filesystem>
#include <memory>

#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "core/result.hpp"
#include "simulator/card/card.hpp"
#include "simulator/issuer/sender.hpp"

namespace tongka::simulator {

/// Personalises a blank card as the profile says, through CREATE FILE, WRITE KEY and writing commands
/// (standards.md 3.5). Where a file asks for secure messaging, its content comes under it. Each directory is closed by
/// its master control key as the last of its keys. An Error tells the command that was refused, without the key in it.
[[nodiscard]] core::Result<void> issue_card(const Transmit& transmit, const core::Profile& profile);

enum class Issue { personalised, blank };

/// A simulated card, without power: issued as the profile says, with the balances and counters that the profile gives
/// its purses; or blank, as it leaves the factory. `random` serves it behind the profile's list of random numbers.
[[nodiscard]] core::Result<std::unique_ptr<Card>> make_card(const core::Profile& profile,
                                                            std::unique_ptr<core::Random> random,
                                                            Deviations deviations = {},
                                                            Issue issue = Issue::personalised);

/// Keeps a device's memory in a file from one process to the next. `kind` (card, psam) and the profile are what the
/// file belongs to: the state of another one is refused.
[[nodiscard]] core::Result<void> keep_state(SmartCard& device, std::string_view kind, const core::Profile& profile,
                                            const std::filesystem::path& file);

} // namespace tongka::simulator
