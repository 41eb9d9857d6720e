#pragma once

#include <algorithm>
#include <cassert>
#include <optional>
#include <span>
#include <string_view>

#include "core/apdu.hpp"
#include "simulator/chip/common_reasons.hpp"
#include "simulator/chip/reply.hpp"

namespace tongka::simulator {

/// One command of a device: what it is called by, what does it, and every reason that it can refuse with.
template <typename Device>
struct Instruction {
    std::string_view name;
    core::Byte cla;
    core::Byte ins;
    std::optional<core::Byte> p1; ///< where one INS serves several commands
    Reply (*execute)(Device&, const core::Command&, core::Bytes& answer);
    std::span<const Reason* const> reasons;
};

/// Lengths that a command must have: Lc exactly `lc`; Le, where there is one, `answer` or 00 (any).
[[nodiscard]] inline std::optional<Reply> refuse_lengths(const core::Command& command, std::size_t lc,
                                                         std::size_t answer) {
    if (command.data.size() != lc)
        return refuse(common::wrong_lc);
    if (command.ne && *command.ne != 256 && *command.ne != answer)
        return refuse(common::wrong_le, static_cast<unsigned>(answer));
    return std::nullopt;
}

/// Finds the command by CLA, INS and P1 and lets it act.
template <typename Device>
[[nodiscard]] Reply dispatch(std::span<const Instruction<Device>* const> instructions, Device& device,
                             const core::Command& command, core::Bytes& answer) {
    const Reason* why = &common::wrong_class;
    for (const auto* instruction : instructions) {
        if (instruction->cla != command.cla)
            continue;
        if (instruction->ins != command.ins) {
            if (why == &common::wrong_class)
                why = &common::unknown_instruction;
            continue;
        }
        if (instruction->p1 && *instruction->p1 != command.p1) {
            why = &common::wrong_parameters;
            continue;
        }
        const Reply reply = instruction->execute(device, command, answer);
        assert(reply.reason == &done ||
               std::ranges::find(instruction->reasons, reply.reason) != instruction->reasons.end());
        return reply;
    }
    return refuse(*why);
}

} // namespace tongka::simulator
