#include "simulator/chip/file_access.hpp"
#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason wrong_record_length{0x6700, "the data is not one record of this file", "standards.md 4.1"};
constexpr const Reason* reasons[] = {TONGKA_FILE_ACCESS_REASONS, &wrong_record_length, &common::no_such_record,
                                     &common::no_space, &common::memory_failure};

const Reason* reason_of(RecordWrite result) {
    switch (result) {
    case RecordWrite::wrong_length:
        return &wrong_record_length;
    case RecordWrite::no_record:
        return &common::no_such_record;
    case RecordWrite::no_space:
        return &common::no_space;
    default:
        return nullptr;
    }
}

/// A command whose `write` acts on the file that P2 names.
template <typename Write>
Reply write_record(SmartCard& card, const core::Command& command, Write write) {
    const auto file = record_file(card, command);
    if (!file)
        return file.error();
    if (command.data.empty())
        return refuse(common::wrong_lc);
    auto data = enter_file(card, command, *file, Access::writing);
    if (!data)
        return data.error();
    if (card.deviates(Deviation::record_padded))
        data->resize(std::max<std::size_t>(data->size(), card.files().at(*file).record_size));
    Transaction transaction(card.memory());
    const tl::expected<RecordWrite, Reply> result = write(transaction, *file, *data);
    if (!result)
        return result.error();
    if (const Reason* why = reason_of(*result))
        return refuse(*why);
    if (!transaction.commit())
        return refuse(common::memory_failure);
    if (card.selection().file != *file)
        card.selection().record = 0;
    card.selection().file = *file;
    return success();
}

/// P1 00 with P2 bits 011 adds to a cyclic file; the manual's example has P1 01 with bits 010 (standards.md 4.1).
bool adds_to_cyclic(const File& file, const core::Command& command) {
    const core::Byte mode = command.p2 & 0x07;
    return file.type == FileType::cyclic && ((mode == 3 && command.p1 == 0) || (mode == 2 && command.p1 <= 1));
}

Reply execute_update(SmartCard& card, const core::Command& command, core::Bytes&) {
    return write_record(
        card, command,
        [&](Transaction& transaction, FileIndex file, const core::Bytes& data) -> tl::expected<RecordWrite, Reply> {
            const Files& files = card.files();
            if (adds_to_cyclic(files.at(file), command))
                return append_record(transaction, files, file, data);
            const auto number = record_number(card, command, file);
            if (!number)
                return tl::unexpected(number.error());
            const auto old = record(files, file, *number);
            if (old && old->size() != data.size() && card.deviates(Deviation::variable_record_keeps_length))
                return RecordWrite::wrong_length;
            return update_record(transaction, files, file, *number, data);
        });
}

Reply execute_append(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (command.p1 != 0 || (command.p2 & 0x07) != 0)
        return refuse(common::wrong_parameters);
    return write_record(
        card, command,
        [&](Transaction& transaction, FileIndex file, const core::Bytes& data) -> tl::expected<RecordWrite, Reply> {
            const auto result = append_record(transaction, card.files(), file, data);
            if (result == RecordWrite::no_space && card.deviates(Deviation::append_replaces_last))
                return update_record(transaction, card.files(), file, record_count(card.files(), file), data);
            return result;
        });
}

} // namespace

const Instruction update_record_command{"UPDATE RECORD", 0x00, 0xDC, {}, execute_update, reasons, true};
const Instruction write_record_command{"UPDATE RECORD", 0x00, 0xD2, {}, execute_update, reasons, true};
const Instruction append_record_command{"APPEND RECORD", 0x00, 0xE2, {}, execute_append, reasons, true};

} // namespace tongka::simulator
