#pragma once

#include "simulator/psam/psam.hpp"

/// The commands of the PSAM, one file each.
namespace tongka::simulator {

extern const Instruction authentication_message;
extern const Instruction calculate_mifare_key;
extern const Instruction certificate_sam_for_grey_lock;
extern const Instruction credit_sam_for_purchase;
extern const Instruction get_gmac;
extern const Instruction init_sam_for_grey_lock;
extern const Instruction init_sam_for_purchase;

} // namespace tongka::simulator
