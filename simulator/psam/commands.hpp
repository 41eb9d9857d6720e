#pragma once

#include "simulator/psam/psam.hpp"

/// The commands of the PSAM, one file each.
namespace tongka::simulator {

extern const Instruction<Psam> authentication_message;
extern const Instruction<Psam> credit_sam_for_purchase;
extern const Instruction<Psam> init_sam_for_purchase;

} // namespace tongka::simulator
