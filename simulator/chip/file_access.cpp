#include "simulator/chip/file_access.hpp"

#include "simulator/chip/records.hpp"
#include "simulator/chip/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte short_id_flag = 0x80;

tl::unexpected<Reply> refused(const Reason& reason) {
    return tl::unexpected(refuse(reason));
}

tl::expected<FileIndex, Reply> by_short_id(SmartCard& card, core::Byte short_id) {
    const auto file = card.files().child_by_short_id(card.selection().directory, short_id);
    if (!file)
        return refused(common::no_such_file);
    return *file;
}

} // namespace

tl::expected<BinaryTarget, Reply> binary_target(SmartCard& card, const core::Command& command) {
    std::optional<FileIndex> file = card.selection().file;
    std::size_t offset = command.p1p2();
    if (command.p1 & short_id_flag) {
        if (command.p1 & 0x60)
            return refused(common::wrong_parameters);
        const auto found = by_short_id(card, command.p1 & 0x1F);
        if (!found)
            return tl::unexpected(found.error());
        file = *found;
        offset = command.p2;
    }
    if (!file)
        return refused(common::no_current_file);
    if (card.files().at(*file).type != FileType::transparent)
        return refused(common::wrong_file_type);
    return BinaryTarget{*file, offset};
}

tl::expected<FileIndex, Reply> record_file(SmartCard& card, const core::Command& command) {
    std::optional<FileIndex> file = card.selection().file;
    if (const core::Byte short_id = command.p2 >> 3; short_id != 0) {
        const auto found = by_short_id(card, short_id);
        if (!found)
            return found;
        file = *found;
    }
    if (!file)
        return refused(common::no_current_file);
    if (!has_records(card.files().at(*file).type))
        return refused(common::wrong_file_type);
    return *file;
}

tl::expected<unsigned, Reply> record_number(SmartCard& card, const core::Command& command, FileIndex file) {
    const core::Byte mode = command.p2 & 0x07;
    if (mode > 4)
        return refused(common::wrong_parameters);
    const auto& selection = card.selection();
    const unsigned current = selection.file == file ? selection.record : 0;
    if (mode == 4)
        return command.p1 == 0 ? current : command.p1;
    const bool back = (mode & 1) != 0;
    if (mode == 2 && current != 0 && card.deviates(Deviation::record_next_stays))
        return current;
    const unsigned from = mode < 2 ? 0 : current;
    if (command.p1 != 0 && card.deviates(Deviation::record_tag_as_number))
        return command.p1;
    if (command.p1 != 0)
        return record_with_id(card.files(), file, command.p1, from, back);
    const unsigned count = record_count(card.files(), file);
    if (back)
        return from == 0 ? count : from - 1;
    return from < count ? from + 1 : 0;
}

tl::expected<core::Bytes, Reply> enter_file(SmartCard& card, const core::Command& command, FileIndex index,
                                            Access access) {
    const File& file = card.files().at(index);
    const bool reading = access == Access::reading;
    if (!card.allows(reading ? file.read : file.write) && !card.deviates(Deviation::access_rights_ignored))
        return refused(common::no_right);
    if (reading && file.type == FileType::cyclic && card.security().directory == 0 &&
        card.deviates(Deviation::log_without_state_refused))
        return refused(common::no_right);
    const bool asked_for = reading ? file.protects_reading() : file.protection != Protection::none;
    if (!is_protected(command)) {
        if (asked_for && !card.deviates(Deviation::plain_write_accepted))
            return refused(card.rule(core::Rule::missing_secure_messaging, "6987") ? secure::missing
                                                                                   : secure::missing_class);
        if (reading && !command.data.empty())
            return refused(common::wrong_lc);
        return core::to_bytes(command.data);
    }
    if (file.protection == Protection::none)
        return refused(secure::not_asked_for);
    const auto key = card.key(KeyType::maintenance, reading ? file.read_key() : file.write_key());
    if (!key)
        return refused(common::no_such_key);
    // The data field of a protected reading is its MAC alone.
    auto data = open_command(card, command, *key, reading ? Protection::mac : file.protection);
    if (data && reading && !data->empty())
        return refused(common::wrong_lc);
    return data;
}

std::size_t most_content(const SmartCard& card, const core::Command& command, const File& file) {
    if (!is_protected(command))
        return 256;
    if (file.protection != Protection::cipher)
        return 256 - mac_size;
    // With its length, and the padding that the rule may add, 15 blocks of SM4.
    return card.rule(core::Rule::encryption_padding, "always") ? 238 : 239;
}

Reply answer_content(SmartCard& card, const core::Command& command, FileIndex index, core::BytesView content,
                     core::Bytes& answer) {
    if (content.size() > most_content(card, command, card.files().at(index)))
        return refuse(common::wrong_lc);
    core::append(answer, content);
    if (is_protected(command)) {
        const File& file = card.files().at(index);
        protect_answer(card, *card.key(KeyType::maintenance, file.read_key()), file.protection, answer);
    }
    return success();
}

} // namespace tongka::simulator
