#include "core/tlv.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte by_file_id = 0x00;
constexpr core::Byte by_name = 0x04;
constexpr core::Byte first_occurrence = 0x00;
constexpr core::Byte next_occurrence = 0x02;
constexpr std::uint32_t largest_shown = 200; // with the rest it must fit into one answer
constexpr std::size_t version_offset = 9;    // of the application version in file 0015 (standards.md 3.3)

constexpr Reason no_next{0x6A82, "no further application has a name that begins so", "standards.md 4.1"};
constexpr Reason wrong_name_length{0x6700, "a DF name has 5 to 16 bytes, a file identifier two", "standards.md 3.1"};
constexpr Reason blocked{0x6283, "the application is blocked", "standards.md 9 row 7"};
constexpr Reason blocked_fmcos{0x6A81, "the application is blocked", "standards.md 9 row 7"};
constexpr Reason permanently{0x9303, "the application is blocked for good", "standards.md 9 row 7"};
constexpr const Reason* reasons[] = {
    &common::wrong_parameters, &common::wrong_lc, &wrong_name_length, &common::no_such_file, &no_next,
    &common::wrong_le,         &blocked,          &blocked_fmcos,     &permanently};

/// Where a file identifier leads: the MF, a child of the current DF, the DF itself, its parent, or a sister DF.
std::optional<FileIndex> find(SmartCard& card, std::uint16_t id) {
    const Files& files = card.files();
    if (id == master_file_id)
        return master_file;
    const FileIndex directory = card.selection().directory;
    if (auto child = files.child(directory, id))
        return child;
    const FileIndex parent = files.at(directory).parent;
    if (files.at(directory).id == id)
        return directory;
    if (files.at(parent).id == id)
        return parent;
    const auto sister = files.child(parent, id);
    return sister && files.at(*sister).is_dedicated() ? sister : std::nullopt;
}

/// File control information (standards.md 3.2): 6F { 84 name, A5 { 88 short id of DIR | 9F08 version, 9F0C the file
/// that the DF shows } }.
core::Bytes file_control_information(SmartCard& card, FileIndex index) {
    const File& file = card.files().at(index);
    core::Bytes proprietary;
    if (file.directory_file != 0)
        core::append_tlv(proprietary, 0x88, {&file.directory_file, 1});
    if (file.shown_file != 0 && !card.deviates(Deviation::fci_without_public_data))
        if (const auto shown = card.files().child_by_short_id(index, file.shown_file);
            shown && card.files().at(*shown).type == FileType::transparent &&
            card.files().at(*shown).size <= largest_shown) {
            const auto content = card.files().content(*shown);
            if (card.rule(core::Rule::fci_version, "yes") && content.size() > version_offset)
                core::append_tlv(proprietary, 0x9F08, content.subspan(version_offset, 1));
            core::append_tlv(proprietary, 0x9F0C, content);
        }
    core::Bytes body;
    core::append_tlv(body, 0x84, file.name());
    if (!proprietary.empty())
        core::append_tlv(body, 0xA5, proprietary);
    core::Bytes information;
    core::append_tlv(information, 0x6F, body);
    return information;
}

/// How a blocked application answers; the FCI goes with 6283 alone (standards.md 9 row 7).
const Reason* blocked_reason(SmartCard& card, FileIndex directory) {
    const Blocking state = blocking(card.files(), directory);
    if (state == Blocking::none || card.deviates(Deviation::blocked_application_selected))
        return nullptr;
    if (state == Blocking::permanent) {
        if (card.rule(core::Rule::permanently_blocked_select, "9303"))
            return &permanently;
        return card.rule(core::Rule::permanently_blocked_select, "6283") ? &blocked : &blocked_fmcos;
    }
    return card.rule(core::Rule::blocked_select, "6283") ? &blocked : &blocked_fmcos;
}

Reply execute(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    if (!card.files().has_master_file())
        return refuse(common::no_such_file);
    std::optional<FileIndex> found;
    if (command.p1 == by_file_id && command.p2 == first_occurrence) {
        if (command.data.size() != 2)
            return refuse(wrong_name_length);
        found = find(card, static_cast<std::uint16_t>(core::read_big_endian(command.data)));
    } else if (command.p1 == by_name && (command.p2 == first_occurrence || command.p2 == next_occurrence)) {
        if (command.data.size() < 5 || command.data.size() > 16)
            return refuse(wrong_name_length);
        const bool next = command.p2 == next_occurrence;
        const bool onward = next && !card.deviates(Deviation::select_next_finds_first);
        found = card.files().named(command.data, onward ? std::optional(card.selection().directory) : std::nullopt);
        if (found && card.files().at(*found).name().size() != command.data.size() &&
            card.deviates(Deviation::partial_name_unknown))
            found.reset();
        if (!found && next)
            return refuse(no_next);
        if (card.deviates(Deviation::psam_name_unknown))
            found.reset();
    } else {
        return refuse(common::wrong_parameters);
    }
    if (!found) {
        if (card.deviates(Deviation::failed_select_leaves_application))
            card.enter(master_file);
        return refuse(common::no_such_file);
    }

    if (!card.files().at(*found).is_dedicated()) {
        if (card.files().at(*found).type == FileType::keys)
            return refuse(common::no_such_file);
        card.selection().file = found;
        if (!card.deviates(Deviation::record_pointer_survives_select))
            card.selection().record = 0;
        return success();
    }
    const core::Bytes information = file_control_information(card, *found);
    if (command.ne && *command.ne != 256 && *command.ne != information.size())
        return refuse(common::wrong_le, information.size() & 0xFF);
    card.enter(*found);
    const Reason* why = blocked_reason(card, *found);
    if (!why || why == &blocked)
        core::append(answer, information);
    return why ? refuse(*why) : success();
}

} // namespace

const Instruction select{"SELECT", 0x00, 0xA4, {}, execute, reasons, false, true};

} // namespace tongka::simulator
