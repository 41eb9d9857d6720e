#include "simulator/chip/file_commands.hpp"
#include "simulator/sam/commands.hpp"

namespace tongka::simulator {

std::vector<const Instruction*> sam_instructions() {
    std::vector<const Instruction*> list{&des_crypt, &init_for_descrypt, &write_sam_key};
    for (const Instruction* shared : shared_instructions())
        if (shared != &write_key && shared != &verify)
            list.push_back(shared);
    return list;
}

} // namespace tongka::simulator
