#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {

std::span<const Instruction* const> shared_instructions() {
    static constexpr const Instruction* list[] = {
        &select,
        &read_binary,
        &update_binary,
        &write_binary,
        &read_record,
        &update_record_command,
        &write_record_command,
        &append_record_command,
        &get_challenge,
        &verify,
        &external_authentication,
        &internal_authentication,
        &create_file,
        &erase_directory,
        &write_key,
        &application_block,
        &application_unblock,
        &card_block,
    };
    return list;
}

} // namespace tongka::simulator
