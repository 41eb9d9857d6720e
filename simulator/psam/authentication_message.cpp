#include "simulator/psam/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t code_size = 9;

constexpr Reason wrong_code{0x6300, "the security authentication code is not of a card that this PSAM accepts",
                            "standards.md 4.3"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &wrong_code};

/// Takes the user card's 安全认证识别码; a purchase needs it before (standards.md 4.3).
Reply execute(Psam& psam, const core::Command& command, core::Bytes&) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() != code_size)
        return refuse(common::wrong_lc);
    psam.authenticated = psam.accepts(command.data);
    return psam.authenticated ? success() : refuse(wrong_code);
}

} // namespace

const Instruction authentication_message{"AUTHENTICATION MESSAGE", 0x80, 0xCA, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
