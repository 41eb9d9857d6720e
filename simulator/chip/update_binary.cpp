#include "simulator/chip/file_access.hpp"
#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason outside{0x6B00, "the data would not end within the file", "standards.md 4.1"};
constexpr const Reason* reasons[] = {TONGKA_FILE_ACCESS_REASONS, &outside, &common::memory_failure};

Reply execute(SmartCard& card, const core::Command& command, core::Bytes&) {
    const auto target = binary_target(card, command);
    if (!target)
        return target.error();
    if (command.data.empty())
        return refuse(common::wrong_lc);
    const auto data = enter_file(card, command, target->file, Access::writing);
    if (!data)
        return data.error();
    const File& file = card.files().at(target->file);
    if (target->offset + data->size() > file.size)
        return refuse(outside);
    if (is_protected(command) && card.deviates(Deviation::isam_protected_update_lost))
        return success();
    Transaction transaction(card.memory());
    transaction.write(file.body + static_cast<Address>(target->offset), *data);
    if (!transaction.commit())
        return refuse(common::memory_failure);
    card.selection().file = target->file;
    card.selection().record = 0;
    return success();
}

} // namespace

const Instruction update_binary{"UPDATE BINARY", 0x00, 0xD6, {}, execute, reasons, true};

/// Another instruction byte for the same (standards.md 4.1).
const Instruction write_binary{"UPDATE BINARY", 0x00, 0xD0, {}, execute, reasons, true};

} // namespace tongka::simulator
