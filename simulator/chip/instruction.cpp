#include "simulator/chip/instruction.hpp"

#include <algorithm>
#include <cassert>

#include "simulator/chip/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr const Reason* before_the_command[] = {&common::wrong_class,         &common::unknown_instruction,
                                                &common::wrong_parameters,    &common::card_blocked,
                                                &common::application_blocked, &common::permanently_blocked};

bool contains(std::span<const Reason* const> list, const Reason* reason) {
    return std::ranges::find(list, reason) != list.end();
}

} // namespace

bool Instruction::takes(core::Byte cla_byte) const {
    return cla_byte == cla || (secure && cla_byte == (cla | secure_class_bit));
}

bool Instruction::knows(const Reason* reason) const {
    return contains(reasons, reason) || (secure && contains(secure_messaging_reasons(), reason));
}

std::span<const Reason* const> dispatch_reasons() {
    return before_the_command;
}

InstructionSet::InstructionSet(std::vector<const Instruction*> list) : list_(std::move(list)) {
    std::ranges::stable_sort(list_, {}, &Instruction::ins);
    for (unsigned cla = 0; cla < classes_.size(); ++cla)
        classes_[cla] = std::ranges::any_of(
            list_, [cla](const Instruction* instruction) { return instruction->takes(static_cast<core::Byte>(cla)); });
    for (unsigned ins = 0; ins < 256; ++ins)
        first_[ins] =
            static_cast<std::uint8_t>(std::ranges::lower_bound(list_, ins, {}, &Instruction::ins) - list_.begin());
    first_[256] = static_cast<std::uint8_t>(list_.size());
}

Reply InstructionSet::dispatch(SmartCard& device, const core::Command& command, core::Bytes& answer) const {
    if (const auto refused = device.refuse_when_card_blocked())
        return *refused;
    const Reason* why = classes_[command.cla] ? &common::unknown_instruction : &common::wrong_class;
    for (unsigned i = first_[command.ins]; i < first_[command.ins + 1U]; ++i) {
        const Instruction& instruction = *list_[i];
        if (!instruction.takes(command.cla))
            continue;
        if (instruction.p1 && *instruction.p1 != command.p1) {
            why = &common::wrong_parameters;
            continue;
        }
        if (!instruction.works_when_blocked)
            if (const auto refused = device.refuse_when_application_blocked())
                return *refused;
        const Reply reply = instruction.execute(device, command, answer);
        assert(reply.reason == &done || instruction.knows(reply.reason) || contains(before_the_command, reply.reason));
        return reply;
    }
    return refuse(*why);
}

} // namespace tongka::simulator
