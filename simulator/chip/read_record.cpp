#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte by_number = 0x04;
constexpr core::Byte by_id = 0x00;

constexpr Reason no_such_record{0x6A83, "no such record", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_lc,         &common::no_such_file,    &common::no_current_file,
                                     &common::wrong_parameters, &common::wrong_file_type, &no_such_record,
                                     &common::wrong_le};

bool has_records(FileType type) {
    return type == FileType::linear_fixed || type == FileType::linear_variable || type == FileType::cyclic;
}

} // namespace

/// P2 = short file id (0: the current file) and how P1 counts: 100 record number, 000 first record with this id
/// (standards.md 3.1).
Reply read_record(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    if (!command.data.empty())
        return refuse(common::wrong_lc);
    const core::Byte mode = command.p2 & 0x07;
    if (mode != by_number && mode != by_id)
        return refuse(common::wrong_parameters);
    auto& selection = card.selection();
    std::optional<FileIndex> file = selection.file;
    if (const core::Byte short_id = command.p2 >> 3; short_id != 0) {
        file = card.files().child_by_short_id(selection.directory, short_id);
        if (!file)
            return refuse(common::no_such_file);
    }
    if (!file)
        return refuse(common::no_current_file);
    const FileType type = card.files().at(*file).type;
    if (!has_records(type))
        return refuse(common::wrong_file_type);
    const auto record =
        mode == by_number ? card.files().record(*file, command.p1) : card.files().record_with_id(*file, command.p1);
    if (!record)
        return refuse(no_such_record);
    if (command.ne && *command.ne != 256 && *command.ne != record->size())
        return refuse(common::wrong_le, static_cast<unsigned>(record->size()));
    selection.file = file;
    core::append(answer, *record);
    return success();
}

std::span<const Reason* const> read_record_reasons() {
    return reasons;
}

} // namespace tongka::simulator
