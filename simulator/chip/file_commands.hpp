#pragma once

#include "simulator/chip/instruction.hpp"

/// The commands that user card and PSAM do alike: files, keys, security (standards.md 4.1). One file each.
namespace tongka::simulator {

extern const Instruction append_record_command;
extern const Instruction application_block;
extern const Instruction application_unblock;
extern const Instruction card_block;
extern const Instruction create_file;
extern const Instruction erase_directory;
extern const Instruction external_authentication;
extern const Instruction get_challenge;
extern const Instruction internal_authentication;
extern const Instruction read_binary;
extern const Instruction read_record;
extern const Instruction select;
extern const Instruction update_binary;
extern const Instruction update_record_command;
extern const Instruction verify;
extern const Instruction write_binary;
extern const Instruction write_key;
extern const Instruction write_record_command;

[[nodiscard]] std::span<const Instruction* const> shared_instructions();

} // namespace tongka::simulator
