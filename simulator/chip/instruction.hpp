#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/apdu.hpp"
#include "simulator/chip/common_reasons.hpp"
#include "simulator/chip/reply.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// One command of a device: what it is called by, what does it, and every reason that it can refuse with.
struct Instruction {
    std::string_view name;
    core::Byte cla;
    core::Byte ins;
    std::optional<core::Byte> p1; ///< where one INS serves several commands
    Reply (*execute)(SmartCard&, const core::Command&, core::Bytes& answer);
    std::span<const Reason* const> reasons;
    bool secure = false;             ///< may come under secure messaging, with CLA bit 3 set
    bool works_when_blocked = false; ///< in a blocked application too

    [[nodiscard]] bool takes(core::Byte cla_byte) const;
    /// Whether this is among what the command, or its secure messaging, can refuse with.
    [[nodiscard]] bool knows(const Reason* reason) const;
};

/// A command of one kind of device, for the table of such devices alone.
template <typename Device, Reply (*function)(Device&, const core::Command&, core::Bytes&)>
Reply on(SmartCard& device, const core::Command& command, core::Bytes& answer) {
    return function(static_cast<Device&>(device), command, answer);
}

/// What a device can refuse any command with before the command itself is asked.
[[nodiscard]] std::span<const Reason* const> dispatch_reasons();

/// Every command of a device, found by INS.
class InstructionSet {
public:
    explicit InstructionSet(std::vector<const Instruction*> list);

    [[nodiscard]] std::span<const Instruction* const> list() const { return list_; }

    /// Finds the command by CLA, INS and P1 and lets it act.
    [[nodiscard]] Reply dispatch(SmartCard& device, const core::Command& command, core::Bytes& answer) const;

private:
    std::vector<const Instruction*> list_;
    std::bitset<256> classes_;
    std::array<std::uint8_t, 257> first_{};
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

} // namespace tongka::simulator
