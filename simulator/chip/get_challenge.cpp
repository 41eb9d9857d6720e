#include <array>

#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason wrong_size{0x6700, "a challenge has 4 or 8 bytes, by the profile", "standards.md 4.1, 9 row 4"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &wrong_size};

Reply execute(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (!command.data.empty())
        return refuse(common::wrong_lc);
    const auto size = command.ne.value_or(0);
    const bool four = size == 4 && !card.rule(core::Rule::challenge_length, "8");
    const bool eight = size == 8 && !card.rule(core::Rule::challenge_length, "4");
    if (!four && !eight)
        return refuse(wrong_size);
    std::array<core::Byte, 8> bytes{};
    const auto number = std::span(bytes).first(size);
    card.fill_random(number);
    card.set_challenge(number);
    core::append(answer, number);
    return success();
}

} // namespace

const Instruction get_challenge{"GET CHALLENGE", 0x00, 0x84, {}, execute, reasons, false, true};

} // namespace tongka::simulator
