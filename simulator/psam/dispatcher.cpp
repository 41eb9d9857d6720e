#include "simulator/psam/commands.hpp"
#include "simulator/sam/commands.hpp"

namespace tongka::simulator {

const InstructionSet& psam_instructions() {
    static const InstructionSet set = [] {
        auto list = sam_instructions();
        list.insert(list.end(), {&authentication_message, &calculate_mifare_key, &certificate_sam_for_grey_lock,
                                 &credit_sam_for_purchase, &get_gmac, &init_sam_for_grey_lock, &init_sam_for_purchase});
        return InstructionSet(std::move(list));
    }();
    return set;
}

} // namespace tongka::simulator
