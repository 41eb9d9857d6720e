#include "simulator/chip/file_access.hpp"
#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

constexpr const Reason* reasons[] = {TONGKA_FILE_ACCESS_REASONS, &common::no_such_record};

Reply execute(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    const auto file = record_file(card, command);
    if (!file)
        return file.error();
    const auto number = record_number(card, command, *file);
    if (!number)
        return number.error();
    if (const auto entered = enter_file(card, command, *file, Access::reading); !entered)
        return entered.error();
    const bool oldest_first =
        card.files().at(*file).type == FileType::cyclic && card.deviates(Deviation::log_oldest_first);
    auto found = record(card.files(), *file, oldest_first ? record_count(card.files(), *file) + 1 - *number : *number);
    if (!found && card.deviates(Deviation::record_missing_newest))
        found = record(card.files(), *file, 1);
    if (!found)
        return refuse(common::no_such_record);
    if (command.ne && *command.ne < found->size() && card.deviates(Deviation::record_cut_to_le))
        found = found->first(*command.ne);
    if (command.ne && *command.ne != 256 && *command.ne != found->size())
        return refuse(common::wrong_le, static_cast<unsigned>(found->size()));
    card.selection().file = *file;
    card.selection().record = *number;
    return answer_content(card, command, *file, *found, answer);
}

} // namespace

const Instruction read_record{"READ RECORD", 0x00, 0xB2, {}, execute, reasons, true};

} // namespace tongka::simulator
