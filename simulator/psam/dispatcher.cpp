#include "simulator/chip/file_commands.hpp"
#include "simulator/psam/commands.hpp"

namespace tongka::simulator {

std::span<const Instruction<Psam>* const> psam_instructions() {
    static const auto& files = file_commands<Psam>();
    static const std::array table = {
        &init_sam_for_purchase,
        &credit_sam_for_purchase,
        &authentication_message,
        &files[0],
        &files[1],
        &files[2],
        &files[3],
    };
    return table;
}

} // namespace tongka::simulator
