#include "simulator/chip/records.hpp"

#include <algorithm>
#include <array>

namespace tongka::simulator {
namespace {

// The body of a cyclic or linear fixed file begins with the slot of the newest record and the number of records that
// stand there; a TLV file's records follow each other, and a tag of 00 ends them.
constexpr std::size_t head_size = 2;
constexpr core::Byte end_of_records = 0x00;

Address slot_address(const File& file, unsigned slot) {
    return file.body + static_cast<Address>(head_size + slot * file.record_size);
}

unsigned slot_of(const File& file, core::BytesView head, unsigned number) {
    return file.type == FileType::cyclic ? (head[0] + file.record_count - (number - 1)) % file.record_count
                                         : number - 1;
}

bool is_whole_tlv(core::BytesView record) {
    return record.size() >= 2 && record[0] != end_of_records && record.size() == 2U + record[1];
}

/// One record of a TLV body: where it begins and how long it is; size 0 at the end.
struct Tlv {
    std::size_t offset = 0;
    std::size_t size = 0;
};

Tlv next_tlv(core::BytesView body, Tlv before) {
    const std::size_t at = before.offset + before.size;
    const auto rest = body.subspan(at);
    if (rest.size() < 2 || rest[0] == end_of_records || rest.size() < 2U + rest[1])
        return {at, 0};
    return {at, 2U + rest[1]};
}

Tlv tlv_number(core::BytesView body, unsigned number) {
    Tlv tlv = next_tlv(body, {});
    while (tlv.size != 0 && number > 1) {
        tlv = next_tlv(body, tlv);
        --number;
    }
    return tlv;
}

/// Puts `record` in the place of the one at `old` (size 0: at the end); what stands behind moves.
RecordWrite replace_tlv(Transaction& transaction, const File& file, core::BytesView body, Tlv old,
                        core::BytesView record) {
    Tlv last = old;
    for (Tlv tlv = old; tlv.size != 0; tlv = next_tlv(body, tlv))
        last = tlv;
    const std::size_t used = last.offset + last.size;
    if (used - old.size + record.size() > body.size())
        return RecordWrite::no_space;
    core::Bytes changed = core::to_bytes(record);
    if (record.size() != old.size) {
        core::append(changed, body.subspan(old.offset + old.size, used - old.offset - old.size));
        changed.resize(std::max(changed.size(), used - old.offset)); // zeros over what was longer before
    }
    transaction.write(file.body + static_cast<Address>(old.offset), changed);
    return RecordWrite::written;
}

} // namespace

std::uint32_t body_size(const File& file) {
    if (file.type == FileType::cyclic || file.type == FileType::linear_fixed)
        return static_cast<std::uint32_t>(head_size + std::size_t{file.record_count} * file.record_size);
    if (file.type == FileType::dedicated)
        return blocking_size;
    if (file.type == FileType::purse)
        return purse_size;
    return file.size;
}

std::optional<core::BytesView> record(const Files& files, FileIndex index, unsigned number) {
    const File& file = files.at(index);
    if (number == 0)
        return std::nullopt;
    if (file.type == FileType::linear_variable) {
        const auto body = files.content(index);
        const Tlv tlv = tlv_number(body, number);
        return tlv.size == 0 ? std::nullopt : std::optional(body.subspan(tlv.offset, tlv.size));
    }
    const auto head = files.memory().read(file.body, head_size);
    if (number > head[1])
        return std::nullopt;
    return files.memory().read(slot_address(file, slot_of(file, head, number)), file.record_size);
}

unsigned record_count(const Files& files, FileIndex index) {
    const File& file = files.at(index);
    if (file.type != FileType::linear_variable)
        return files.memory().read(file.body, head_size)[1];
    unsigned count = 0;
    const auto body = files.content(index);
    for (Tlv tlv = next_tlv(body, {}); tlv.size != 0; tlv = next_tlv(body, tlv))
        ++count;
    return count;
}

unsigned record_with_id(const Files& files, FileIndex index, core::Byte id, unsigned from, bool back) {
    const unsigned count = record_count(files, index);
    const auto fits = [&](unsigned number) { return (*record(files, index, number))[0] == id; };
    if (back) {
        for (unsigned number = from == 0 ? count : std::min(from - 1, count); number >= 1; --number)
            if (fits(number))
                return number;
        return 0;
    }
    for (unsigned number = from + 1; number <= count; ++number)
        if (fits(number))
            return number;
    return 0;
}

RecordWrite update_record(Transaction& transaction, const Files& files, FileIndex index, unsigned number,
                          core::BytesView bytes) {
    const File& file = files.at(index);
    if (number == 0)
        return RecordWrite::no_record;
    if (file.type == FileType::linear_variable) {
        if (!is_whole_tlv(bytes))
            return RecordWrite::wrong_length;
        const auto body = transaction.read(file.body, file.size);
        const Tlv old = tlv_number(body, number);
        return old.size == 0 ? RecordWrite::no_record : replace_tlv(transaction, file, body, old, bytes);
    }
    if (bytes.size() != file.record_size)
        return RecordWrite::wrong_length;
    const auto head = transaction.read(file.body, head_size);
    if (number > head[1])
        return RecordWrite::no_record;
    transaction.write(slot_address(file, slot_of(file, head, number)), bytes);
    return RecordWrite::written;
}

RecordWrite append_record(Transaction& transaction, const Files& files, FileIndex index, core::BytesView bytes,
                          unsigned keep) {
    const File& file = files.at(index);
    if (file.type == FileType::linear_variable) {
        if (!is_whole_tlv(bytes))
            return RecordWrite::wrong_length;
        const auto body = transaction.read(file.body, file.size);
        Tlv end = next_tlv(body, {});
        while (end.size != 0)
            end = next_tlv(body, end);
        return replace_tlv(transaction, file, body, end, bytes);
    }
    if (bytes.size() != file.record_size)
        return RecordWrite::wrong_length;
    const auto head = transaction.read(file.body, head_size);
    const unsigned standing = head[1];
    if (file.type == FileType::linear_fixed && standing == file.record_count)
        return RecordWrite::no_space;
    const unsigned slot = standing == 0 ? 0 : (head[0] + 1U) % file.record_count;
    const unsigned most = keep == 0 ? file.record_count : std::min<unsigned>(keep, file.record_count);
    const std::array<core::Byte, head_size> new_head{static_cast<core::Byte>(slot),
                                                     static_cast<core::Byte>(std::min(standing + 1, most))};
    transaction.write(slot_address(file, slot), bytes);
    transaction.write(file.body, new_head);
    return RecordWrite::written;
}

RecordWrite put_record(Transaction& transaction, const Files& files, FileIndex index, core::BytesView bytes) {
    const File& file = files.at(index);
    if (!is_whole_tlv(bytes))
        return RecordWrite::wrong_length;
    const auto body = transaction.read(file.body, file.size);
    Tlv old = next_tlv(body, {});
    while (old.size != 0 && body[old.offset] != bytes[0])
        old = next_tlv(body, old);
    return replace_tlv(transaction, file, body, old, bytes);
}

} // namespace tongka::simulator
