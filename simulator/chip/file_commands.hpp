#pragma once

#include <array>

#include "simulator/chip/instruction.hpp"
#include "simulator/chip/smart_card.hpp"

/// The commands of ISO/IEC 7816-4 that user card and PSAM do alike (standards.md 4.1).
namespace tongka::simulator {

[[nodiscard]] Reply select(SmartCard& card, const core::Command& command, core::Bytes& answer);
[[nodiscard]] Reply read_binary(SmartCard& card, const core::Command& command, core::Bytes& answer);
[[nodiscard]] Reply read_record(SmartCard& card, const core::Command& command, core::Bytes& answer);
[[nodiscard]] Reply get_challenge(SmartCard& card, const core::Command& command, core::Bytes& answer);

[[nodiscard]] std::span<const Reason* const> select_reasons();
[[nodiscard]] std::span<const Reason* const> read_binary_reasons();
[[nodiscard]] std::span<const Reason* const> read_record_reasons();
[[nodiscard]] std::span<const Reason* const> get_challenge_reasons();

namespace detail {
template <auto function, typename Device>
Reply on(Device& device, const core::Command& command, core::Bytes& answer) {
    return function(device, command, answer);
}
} // namespace detail

/// These commands, for the table of a device.
template <typename Device>
[[nodiscard]] const std::array<Instruction<Device>, 4>& file_commands() {
    static const std::array<Instruction<Device>, 4> commands{{
        {"SELECT", 0x00, 0xA4, {}, detail::on<select, Device>, select_reasons()},
        {"READ BINARY", 0x00, 0xB0, {}, detail::on<read_binary, Device>, read_binary_reasons()},
        {"READ RECORD", 0x00, 0xB2, {}, detail::on<read_record, Device>, read_record_reasons()},
        {"GET CHALLENGE", 0x00, 0x84, {}, detail::on<get_challenge, Device>, get_challenge_reasons()},
    }};
    return commands;
}

} // namespace tongka::simulator
