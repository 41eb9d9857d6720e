#pragma once

#include <cstdint>
#include <span>

#include "core/apdu.hpp"
#include "core/dictionary/device.hpp"
#include "core/dictionary/field.hpp"

namespace tongka::core::dictionary {

/// Stands in a table where a byte or a length is not fixed.
inline constexpr std::int16_t any = -1;

/// Whether a command of this form has a data field.
enum class DataField : std::uint8_t { maybe, absent, present };

/// One form of one command (standards.md 4), as it is told from others by its header.
struct CommandForm {
    Text name{};
    Device device = Device::card; ///< whose command it is; `both` for general ones
    Byte cla = 0;
    Byte ins = 0;
    std::int16_t p1 = any;
    std::int16_t p2 = any;
    DataField data_field = DataField::maybe;
    Field p1_field{}; ///< what P1 says, and P2 with it where its width is 2; no name where it says nothing
    Field p2_field{};
    Layout request{};
    Layout response{};
    std::int16_t lc = any; ///< as the standard's table gives it, where it is fixed
    std::int16_t le = any;
};

/// All forms known, in groups: general, purse, grey lock, PSAM, issuing.
[[nodiscard]] std::span<const std::span<const CommandForm>> command_forms();

/// The form that fits best (the more of its header fixed, the better); null for an unknown command. Without a device a
/// user card's form is preferred.
[[nodiscard]] const CommandForm* find_command(const Command& command, std::optional<Device> device);

} // namespace tongka::core::dictionary
