#include "simulator/chip/files.hpp"

#include <algorithm>
#include <cassert>

#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

// The memory begins with the end of what is used; then each file: its descriptor, its body.
constexpr Address end_address = 0;
constexpr std::size_t end_size = 4;
constexpr std::size_t descriptor_size = 36;
constexpr core::Byte erased = 0x00;

std::uint32_t place(FileIndex parent, std::uint16_t id) {
    return static_cast<std::uint32_t>(parent) << 16 | id;
}

std::array<core::Byte, descriptor_size> write_descriptor(const File& file) {
    std::array<core::Byte, descriptor_size> bytes{};
    const std::span all(bytes);
    bytes[0] = static_cast<core::Byte>(file.type);
    bytes[1] = static_cast<core::Byte>(file.protection);
    core::write_big_endian(all.subspan(2, 2), file.parent);
    core::write_big_endian(all.subspan(4, 2), file.id);
    core::write_big_endian(all.subspan(6, 4), file.size);
    bytes[10] = file.record_count;
    bytes[11] = file.record_size;
    bytes[12] = file.read;
    bytes[13] = file.write;
    bytes[14] = file.key_selector;
    bytes[15] = file.shown_file;
    bytes[16] = file.directory_file;
    bytes[17] = file.name_size;
    std::ranges::copy(file.name_bytes, bytes.begin() + 18);
    return bytes;
}

File read_descriptor(core::BytesView bytes) {
    File file{.parent = static_cast<FileIndex>(core::read_big_endian(bytes.subspan(2, 2))),
              .type = static_cast<FileType>(bytes[0]),
              .id = static_cast<std::uint16_t>(core::read_big_endian(bytes.subspan(4, 2))),
              .size = static_cast<std::uint32_t>(core::read_big_endian(bytes.subspan(6, 4))),
              .record_count = bytes[10],
              .record_size = bytes[11],
              .read = bytes[12],
              .write = bytes[13],
              .protection = static_cast<Protection>(bytes[1]),
              .key_selector = bytes[14],
              .shown_file = bytes[15],
              .directory_file = bytes[16]};
    file.set_name(bytes.subspan(18, bytes[17]));
    return file;
}

template <typename Places>
void insert_sorted(Places& places, typename Places::value_type place) {
    places.insert(std::ranges::upper_bound(places, place), place);
}

std::optional<FileIndex> find(const std::vector<std::pair<std::uint32_t, FileIndex>>& places, std::uint32_t wanted) {
    const auto found = std::ranges::lower_bound(places, wanted, {}, [](const auto& entry) { return entry.first; });
    return found == places.end() || found->first != wanted ? std::nullopt : std::optional(found->second);
}

} // namespace

void File::set_name(core::BytesView name) {
    name_size = static_cast<std::uint8_t>(name.size());
    std::ranges::copy(name, name_bytes.begin());
}

Address Files::end() const {
    return files_.empty() ? end_size : static_cast<Address>(memory_.read_number(end_address, end_size));
}

void Files::mount() {
    files_.clear();
    by_id_.clear();
    by_short_id_.clear();
    dedicated_.clear();
    if (memory_.image().empty())
        return;
    const auto used = static_cast<Address>(memory_.read_number(end_address, end_size));
    for (Address at = end_size; at < used;) {
        File file = read_descriptor(memory_.read(at, descriptor_size));
        file.body = at + descriptor_size;
        add(file);
        at = file.body + file.size;
    }
}

void Files::add(const File& file) {
    const auto index = static_cast<FileIndex>(files_.size());
    files_.push_back(file);
    if (static_cast<core::Byte>(file.type) == erased)
        return;
    if (index != master_file) {
        insert_sorted(by_id_, {place(file.parent, file.id), index});
        if (!file.is_dedicated())
            insert_sorted(by_short_id_, {place(file.parent, file.short_id()), index});
    }
    if (file.is_dedicated()) {
        const auto behind = std::ranges::upper_bound(dedicated_, index, [this](FileIndex left, FileIndex right) {
            return std::ranges::lexicographical_compare(at(left).name(), at(right).name());
        });
        dedicated_.insert(behind, index);
    }
}

bool Files::has_space_for(const File& file) const {
    return end() + descriptor_size + body_size(file) <= memory_.capacity() && files_.size() < 0xFFFF;
}

std::optional<FileIndex> Files::create(File file, core::BytesView content) {
    assert(has_space_for(file));
    const auto index = static_cast<FileIndex>(files_.size());
    file.size = body_size(file);
    file.body = end() + static_cast<Address>(descriptor_size);
    core::Bytes bytes(descriptor_size + file.size);
    std::ranges::copy(write_descriptor(file), bytes.begin());
    std::ranges::copy(content, bytes.begin() + descriptor_size);
    Transaction transaction(memory_);
    transaction.write(file.body - descriptor_size, bytes);
    transaction.write_number(end_address, end_size, file.body + file.size);
    if (!transaction.commit())
        return std::nullopt;
    add(file);
    return index;
}

bool Files::erase_under(FileIndex directory) {
    std::vector<bool> goes(files_.size());
    std::size_t kept = 0;
    // A parent stands before its children.
    for (std::size_t i = 0; i < files_.size(); ++i) {
        const auto index = static_cast<FileIndex>(i);
        const FileIndex parent = at(index).parent;
        goes[i] = index != directory && index != master_file && (parent == directory || goes[parent]);
        if (!goes[i] && static_cast<core::Byte>(at(index).type) != erased)
            kept = i + 1;
    }
    Transaction transaction(memory_);
    for (std::size_t i = 0; i < kept; ++i)
        if (goes[i])
            transaction.write(files_[i].body - descriptor_size, core::Bytes{erased});
    transaction.write_number(end_address, end_size, files_[kept - 1].body + files_[kept - 1].size);
    if (!transaction.commit())
        return false;
    mount();
    return true;
}

unsigned Files::level(FileIndex index) const {
    unsigned level = 0;
    for (; index != master_file; index = at(index).parent)
        ++level;
    return level;
}

std::optional<FileIndex> Files::child(FileIndex parent, std::uint16_t id) const {
    return find(by_id_, place(parent, id));
}

std::optional<FileIndex> Files::child_by_short_id(FileIndex parent, core::Byte short_id) const {
    return find(by_short_id_, place(parent, short_id));
}

std::optional<FileIndex> Files::named(core::BytesView beginning, std::optional<FileIndex> after) const {
    const auto begins_so = [&](FileIndex index) {
        const auto name = at(index).name();
        return name.size() >= beginning.size() && core::equal(name.first(beginning.size()), beginning);
    };
    const auto from = std::ranges::partition_point(
        dedicated_, [&](FileIndex index) { return std::ranges::lexicographical_compare(at(index).name(), beginning); });
    std::optional<FileIndex> first;
    for (auto found = from; found != dedicated_.end() && begins_so(*found); ++found)
        if ((!after || *found > *after) && (!first || *found < *first))
            first = *found;
    return first;
}

std::optional<FileIndex> Files::key_file(FileIndex directory) const {
    const auto index = child(directory, 0x0000);
    return index && at(*index).type == FileType::keys ? index : std::nullopt;
}

core::BytesView Files::content(FileIndex index) const {
    return memory_.read(at(index).body, at(index).size);
}

} // namespace tongka::simulator
