#pragma once

#include "simulator/sam/sam.hpp"

/// The commands of every SAM, one file each.
namespace tongka::simulator {

extern const Instruction des_crypt;
extern const Instruction init_for_descrypt;
extern const Instruction write_sam_key;

/// What a PSAM or ISAM knows besides commands of its own: files, authentication, blocking, keys, DES CRYPT.
[[nodiscard]] std::vector<const Instruction*> sam_instructions();

} // namespace tongka::simulator
