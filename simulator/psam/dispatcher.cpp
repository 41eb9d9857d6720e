#include "simulator/chip/file_commands.hpp"
#include "simulator/psam/commands.hpp"

namespace tongka::simulator {

const InstructionSet& psam_instructions() {
    static const InstructionSet set({&authentication_message, &init_sam_for_purchase, &credit_sam_for_purchase, &select,
                                     &read_binary, &read_record, &get_challenge});
    return set;
}

} // namespace tongka::simulator
