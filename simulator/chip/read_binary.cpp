#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte short_id_flag = 0x80;

constexpr Reason offset_outside{0x6B00, "the offset lies behind the end of the file", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_lc,        &common::no_such_file, &common::no_current_file,
                                     &common::wrong_file_type, &offset_outside,       &common::wrong_le,
                                     &common::wrong_parameters};

} // namespace

/// P1 = 100xxxxx: short file id, P2 the offset; else P1 P2 is an offset in the current file (standards.md 3.1).
Reply read_binary(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    if (!command.data.empty())
        return refuse(common::wrong_lc);
    auto& selection = card.selection();
    std::optional<FileIndex> file = selection.file;
    std::size_t offset = command.p1p2();
    if (command.p1 & short_id_flag) {
        if (command.p1 & 0x60)
            return refuse(common::wrong_parameters);
        file = card.files().child_by_short_id(selection.directory, command.p1 & 0x1F);
        offset = command.p2;
        if (!file)
            return refuse(common::no_such_file);
    }
    if (!file)
        return refuse(common::no_current_file);
    if (card.files().at(*file).type != FileType::transparent)
        return refuse(common::wrong_file_type);
    const auto content = card.files().content(*file);
    if (offset >= content.size())
        return refuse(offset_outside);
    const auto rest = content.subspan(offset);
    const std::size_t ne = command.ne.value_or(256);
    if (ne != 256 && ne > rest.size())
        return refuse(common::wrong_le, static_cast<unsigned>(rest.size()));
    selection.file = file;
    core::append(answer, rest.first(std::min(ne, rest.size())));
    return success();
}

std::span<const Reason* const> read_binary_reasons() {
    return reasons;
}

} // namespace tongka::simulator
