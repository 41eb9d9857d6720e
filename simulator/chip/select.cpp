#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte by_file_id = 0x00;
constexpr core::Byte by_name = 0x04;
constexpr core::Byte first_occurrence = 0x00;
constexpr core::Byte next_occurrence = 0x02;
constexpr std::uint16_t master_file_id = 0x3F00;

constexpr Reason no_next{0x6A82, "no other application has this name", "standards.md 4.1"};
constexpr Reason wrong_name_length{0x6700, "a DF name has 5 to 16 bytes, a file identifier two", "standards.md 3.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &wrong_name_length,
                                     &common::no_such_file,     &no_next,          &common::wrong_le};

/// Where a file identifier leads: the MF, a child of the current DF, the DF itself or its parent, or a sister DF.
std::optional<FileIndex> find(SmartCard& card, std::uint16_t id) {
    const Files& files = card.files();
    const FileIndex directory = card.selection().directory;
    if (id == master_file_id)
        return master_file;
    if (auto child = files.child(directory, id))
        return child;
    const FileIndex parent = files.at(directory).parent;
    if (directory != master_file && files.at(directory).id == id)
        return directory;
    const auto sister = files.child(parent, id);
    return sister && files.at(*sister).is_dedicated() ? sister : std::nullopt;
}

void append_object(core::Bytes& to, std::initializer_list<core::Byte> tag, core::BytesView value) {
    to.insert(to.end(), tag);
    to.push_back(static_cast<core::Byte>(value.size()));
    core::append(to, value);
}

/// File control information (standards.md 3.2): 6F { 84 name, A5 { 88 short id of DIR | 9F0C the file that the DF shows
/// } }.
core::Bytes file_control_information(SmartCard& card, FileIndex index) {
    const File& file = card.files().at(index);
    core::Bytes proprietary;
    if (file.directory_file != 0)
        append_object(proprietary, {0x88}, {&file.directory_file, 1});
    if (file.fci_file != 0)
        if (auto shown = card.files().child_by_short_id(index, file.fci_file))
            append_object(proprietary, {0x9F, 0x0C}, card.files().content(*shown));
    core::Bytes body;
    append_object(body, {0x84}, file.name);
    if (!proprietary.empty())
        append_object(body, {0xA5}, proprietary);
    core::Bytes information;
    append_object(information, {0x6F}, body);
    return information;
}

} // namespace

Reply select(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    std::optional<FileIndex> found;
    if (command.p1 == by_file_id && command.p2 == first_occurrence) {
        if (command.data.size() != 2)
            return refuse(wrong_name_length);
        found = find(card, static_cast<std::uint16_t>(core::read_big_endian(command.data)));
    } else if (command.p1 == by_name && (command.p2 == first_occurrence || command.p2 == next_occurrence)) {
        if (command.data.size() < 5 || command.data.size() > 16)
            return refuse(wrong_name_length);
        if (command.p2 == next_occurrence)
            return refuse(no_next); // names are whole and unique: there is never another
        found = card.files().named(command.data);
    } else {
        return refuse(common::wrong_parameters);
    }
    if (!found)
        return refuse(common::no_such_file);

    if (!card.files().at(*found).is_dedicated()) {
        card.selection().file = found;
        return success();
    }
    const core::Bytes information = file_control_information(card, *found);
    if (command.ne && *command.ne != 256 && *command.ne != information.size())
        return refuse(common::wrong_le, static_cast<unsigned>(information.size()));
    card.selection() = {.directory = *found};
    core::append(answer, information);
    return success();
}

std::span<const Reason* const> select_reasons() {
    return reasons;
}

} // namespace tongka::simulator
