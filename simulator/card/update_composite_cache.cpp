#include "core/hex.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/chip/file_access.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

using Place = CompositeCache::Place;

constexpr core::Byte by_tag = 0x00;
constexpr core::Byte by_number = 0x04;
constexpr core::Byte append = 0x03;

constexpr Reason wrong_tag{0x6A80, "the record does not begin with the identifier that P1 tells", "standards.md 4.2"};
constexpr Reason wrong_record_length{0x6700, "the record has not the length of the one that it replaces",
                                     "standards.md 4.2"};
constexpr Reason cache_full{0x6A84, "no more records can be staged", "standards.md 4.2"};
constexpr const Reason* reasons[] = {TONGKA_FILE_ACCESS_REASONS,
                                     &transaction::not_initialized,
                                     &transaction::not_initialized_either,
                                     &wrong_tag,
                                     &wrong_record_length,
                                     &cache_full,
                                     &common::no_such_record};

/// The file that the profile sets aside for composite records is written by composite purchases whatever its right says
/// (rule composite-file); any other, such as a log, asks for its right.
bool is_composite_file(Card& card, const File& file) {
    return card.rules().value(core::Rule::composite_file) == core::to_hex(core::big_endian(file.id, 2));
}

/// Stages a record for the debit: over the one with tag P1 (P2 bits 000), over record P1 (100), or as the newest of a
/// cyclic file (P1 00, 011: standards.md 12). Nothing is written before DEBIT FOR PURCHASE.
Reply execute(Card& card, const core::Command& command, core::Bytes&) {
    if (auto refused = refuse_completion(card); refused && !card.deviates(Deviation::composite_stages_when_idle))
        return *refused;
    const auto index = record_file(card, command);
    if (!index)
        return index.error();
    const Files& files = card.files();
    const File& file = files.at(*index);
    const core::Byte mode = command.p2 & 0x07;
    const bool adds = mode == append && command.p1 == 0 && file.type == FileType::cyclic;
    if (mode != by_tag && mode != by_number && !adds)
        return refuse(common::wrong_parameters);
    if (command.data.empty())
        return refuse(common::wrong_lc);
    if (!is_composite_file(card, file) && !card.allows(file.write))
        return refuse(common::no_right);

    std::size_t size = file.record_size;
    unsigned number = command.p1;
    if (!adds) {
        if (mode == by_tag) {
            if (command.data[0] != command.p1 && !card.deviates(Deviation::composite_tag_unchecked))
                return refuse(wrong_tag);
            number = record_with_id(files, *index, command.p1, 0, false);
        }
        const auto standing = record(files, *index, number);
        if (!standing)
            return refuse(common::no_such_record);
        size = standing->size();
    }
    const bool whole = file.type != FileType::linear_variable ||
                       (command.data.size() >= 2 && command.data.size() == 2U + command.data[1]);
    if ((command.data.size() != size || !whole) && !card.deviates(Deviation::composite_length_unchecked))
        return refuse(wrong_record_length);
    if (!card.composite_cache().has_room_for(size))
        return refuse(cache_full);
    if (card.deviates(Deviation::composite_update_at_once)) {
        Transaction transaction(card.memory());
        (void)(adds ? append_record(transaction, files, *index, command.data)
                    : update_record(transaction, files, *index, number, command.data));
        (void)transaction.commit();
        return success();
    }
    if (card.deviates(Deviation::composite_only_last_written))
        card.composite_cache().clear();
    const bool tagged = file.type == FileType::linear_variable && mode == by_tag;
    card.composite_cache().stage(*index,
                                 adds     ? Place::newest
                                 : tagged ? Place::tag
                                          : Place::number,
                                 number, command.data);
    return success();
}

} // namespace

const Instruction update_composite_cache{"UPDATE CAPP DATA CACHE", 0x80, 0xDC, {}, on<Card, execute>, reasons};

} // namespace tongka::simulator
