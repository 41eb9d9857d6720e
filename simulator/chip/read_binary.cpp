#include "simulator/chip/file_access.hpp"
#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason offset_outside{0x6B00, "the offset lies behind the end of the file", "standards.md 4.1"};
constexpr const Reason* reasons[] = {TONGKA_FILE_ACCESS_REASONS, &offset_outside};

Reply execute(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    const auto target = binary_target(card, command);
    if (!target)
        return target.error();
    if (const auto entered = enter_file(card, command, target->file, Access::reading); !entered)
        return entered.error();
    const auto content = card.files().content(target->file);
    if (target->offset >= content.size())
        return refuse(offset_outside);
    const bool late = card.deviates(Deviation::card_read_begins_late) ||
                      card.deviates(Deviation::psam_read_begins_late) ||
                      card.deviates(Deviation::isam_read_begins_late);
    const auto rest =
        content.subspan(card.deviates(Deviation::binary_offset_ignored) ? 0 : target->offset + (late ? 1 : 0));
    // Le counts the content alone; enciphering and MAC come on top (standards.md 5.4, H2).
    const std::size_t most = std::min(rest.size(), most_content(card, command, card.files().at(target->file)));
    const std::size_t ne = command.ne.value_or(256);
    if (ne != 256 && ne > most && !card.deviates(Deviation::read_beyond_end_cut))
        return refuse(common::wrong_le, static_cast<unsigned>(most));
    if (!card.deviates(Deviation::binary_short_id_not_selected)) {
        card.selection().file = target->file;
        card.selection().record = 0;
    }
    return answer_content(card, command, target->file, rest.first(std::min(ne, most)), answer);
}

} // namespace

const Instruction read_binary{"READ BINARY", 0x00, 0xB0, {}, execute, reasons, true};

} // namespace tongka::simulator
