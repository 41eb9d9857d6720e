#pragma once

#include <span>

#include "core/dictionary/commands.hpp"

/// The tables that commands.cpp joins, one file each.
namespace tongka::core::dictionary {

[[nodiscard]] std::span<const CommandForm> general_commands();
[[nodiscard]] std::span<const CommandForm> purse_commands();
[[nodiscard]] std::span<const CommandForm> grey_lock_commands();
[[nodiscard]] std::span<const CommandForm> psam_commands();
[[nodiscard]] std::span<const CommandForm> issuing_commands();

} // namespace tongka::core::dictionary
