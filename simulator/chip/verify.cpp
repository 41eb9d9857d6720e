#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/pin.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason no_pin{0x9403, "there is no PIN with this identifier here", "standards.md 4.1"};
constexpr Reason wrong_pin{0x63C0, "the PIN is wrong; SW2 tells the tries left", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &no_pin,
                                     &common::key_blocked,      &common::no_right, &wrong_pin,
                                     &common::memory_failure};

Reply execute(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (command.p1 != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() < shortest_pin || command.data.size() > longest_pin)
        return refuse(common::wrong_lc);
    const auto pin = card.key(KeyType::pin, command.p2);
    if (!pin)
        return refuse(no_pin);
    if (!card.allows(pin->use))
        return refuse(common::no_right);
    if (pin->tries_left == 0)
        return refuse(common::key_blocked);
    const auto left = compare_pin(card, *pin, command.data);
    if (!left)
        return refuse(common::memory_failure);
    if (*left != right_pin && card.deviates(Deviation::wrong_pin_opens))
        card.set_security_state(pin->next_state());
    if (*left != right_pin)
        return refuse(wrong_pin, *left);
    card.set_security_state(pin->next_state());
    return success();
}

} // namespace

const Instruction verify{"VERIFY", 0x00, 0x20, {}, execute, reasons};

} // namespace tongka::simulator
