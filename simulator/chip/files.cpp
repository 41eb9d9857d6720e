#include "simulator/chip/files.hpp"

#include <array>
#include <cassert>

namespace tongka::simulator {
namespace {

// A cyclic body begins with the slot of the newest record and the number of records that stand there.
constexpr std::size_t cyclic_head = 2;

std::uint32_t place(FileIndex parent, std::uint16_t id) {
    return static_cast<std::uint32_t>(parent) << 16 | id;
}

} // namespace

FileIndex Files::create(File file) {
    const auto index = static_cast<FileIndex>(files_.size());
    if (file.type == FileType::cyclic)
        file.size = static_cast<std::uint32_t>(cyclic_head + file.record_count * file.record_size);
    if (file.type == FileType::linear_fixed)
        file.size = static_cast<std::uint32_t>(file.record_count * file.record_size);
    file.body = memory_.allocate(file.size);
    if (index != master_file) {
        by_id_.emplace(place(file.parent, file.id), index);
        if (!file.is_dedicated())
            by_short_id_.emplace(place(file.parent, file.short_id()), index);
    }
    files_.push_back(std::move(file));
    return index;
}

std::optional<FileIndex> Files::child(FileIndex parent, std::uint16_t id) const {
    const auto found = by_id_.find(place(parent, id));
    return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<FileIndex> Files::child_by_short_id(FileIndex parent, core::Byte short_id) const {
    const auto found = by_short_id_.find(place(parent, short_id));
    return found == by_short_id_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<FileIndex> Files::named(core::BytesView name) const {
    for (std::size_t i = 0; i < files_.size(); ++i)
        if (files_[i].is_dedicated() && core::equal(files_[i].name, name))
            return static_cast<FileIndex>(i);
    return std::nullopt;
}

core::BytesView Files::content(FileIndex index) const {
    return memory_.read(at(index).body, at(index).size);
}

std::optional<core::BytesView> Files::record(FileIndex index, unsigned number) const {
    const File& file = at(index);
    if (number == 0 || number > file.record_count)
        return std::nullopt;
    unsigned slot = number - 1;
    Address first = file.body;
    if (file.type == FileType::cyclic) {
        const auto head = memory_.read(file.body, cyclic_head);
        if (number > head[1])
            return std::nullopt;
        slot = (head[0] + file.record_count - slot) % file.record_count;
        first += cyclic_head;
    }
    return memory_.read(first + slot * file.record_size, file.record_size);
}

std::optional<core::BytesView> Files::record_with_id(FileIndex index, core::Byte id) const {
    auto rest = content(index);
    while (rest.size() >= 2 && rest[0] != 0) {
        const std::size_t size = 2 + rest[1];
        if (size > rest.size())
            break;
        if (rest[0] == id)
            return rest.first(size);
        rest = rest.subspan(size);
    }
    return std::nullopt;
}

void Files::append_cyclic(Transaction& transaction, FileIndex index, core::BytesView record, unsigned keep) const {
    const File& file = at(index);
    assert(file.type == FileType::cyclic && record.size() == file.record_size);
    const auto head = memory_.read(file.body, cyclic_head);
    const unsigned standing = head[1];
    const unsigned slot = standing == 0 ? 0 : (head[0] + 1U) % file.record_count;
    transaction.write(file.body + cyclic_head + slot * file.record_size, record);
    const std::array<core::Byte, cyclic_head> new_head{static_cast<core::Byte>(slot),
                                                       static_cast<core::Byte>(std::min(standing + 1, keep))};
    transaction.write(file.body, new_head);
}

} // namespace tongka::simulator
