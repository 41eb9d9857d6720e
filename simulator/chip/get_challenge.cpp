#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason wrong_size{0x6700, "a challenge has 4 or 8 bytes", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &wrong_size};

} // namespace

Reply get_challenge(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (!command.data.empty())
        return refuse(common::wrong_lc);
    const auto size = command.ne.value_or(0);
    if (size != 4 && size != 8)
        return refuse(wrong_size);
    std::array<core::Byte, 8> bytes{};
    const auto number = std::span(bytes).first(size);
    card.challenge(number);
    core::append(answer, number);
    return success();
}

std::span<const Reason* const> get_challenge_reasons() {
    return reasons;
}

} // namespace tongka::simulator
