#include "evidence/package/container.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tongka::evidence {
namespace {

using core::BytesView;

constexpr std::size_t block_size = 512;
constexpr std::size_t end_size = 2 * block_size;
using Block = std::array<core::Byte, block_size>;

/// Where the fields of a header stand (POSIX.1-2017, pax, ustar interchange format).
struct Field {
    std::size_t offset, size;
};
constexpr Field name_field{0, 100}, mode_field{100, 8}, owner_field{108, 8}, group_field{116, 8}, size_field{124, 12},
    time_field{136, 12}, sum_field{148, 8}, kind_field{156, 1}, magic_field{257, 6}, version_field{263, 2},
    prefix_field{345, 155};

void put(Block& block, Field field, std::string_view text) {
    std::ranges::copy(text, block.begin() + static_cast<std::ptrdiff_t>(field.offset));
}

/// An octal number with its closing zero byte.
void put(Block& block, Field field, std::uint64_t number) {
    put(block, field, fmt::format("{:0{}o}", number, field.size - 1));
}

/// Where a name is cut into prefix and name: none, or at the first slash that leaves little enough behind it.
core::Result<std::pair<std::string_view, std::string_view>> cut(std::string_view name) {
    if (name.size() <= name_field.size)
        return std::pair(std::string_view(), name);
    for (auto at = name.find('/'); at != std::string_view::npos; at = name.find('/', at + 1))
        if (name.size() - at - 1 <= name_field.size && at <= prefix_field.size)
            return std::pair(name.substr(0, at), name.substr(at + 1));
    return core::fail(fmt::format("{}: the name is too long for a package", name));
}

/// Whether every part of the path is one that leads down.
bool is_inside(const std::string& name) {
    const std::filesystem::path path(name);
    return path.is_relative() && path.has_filename() && path.lexically_normal().native() == name &&
           name.find('\0') == std::string::npos && *path.begin() != "..";
}

core::Result<Block> header(const std::string& name, std::uint64_t size) {
    constexpr std::uint64_t most = 077777777777;
    if (!is_inside(name))
        return core::fail(fmt::format("'{}' is no name for a file of a package", name));
    if (size > most)
        return core::fail(fmt::format("{}: is too large for a package (8 GiB)", name));
    TONGKA_TRY(const auto parts, cut(name));
    Block block{};
    put(block, name_field, parts.second);
    put(block, mode_field, 0644U);
    put(block, owner_field, 0U);
    put(block, group_field, 0U);
    put(block, size_field, size);
    put(block, time_field, 0U);
    put(block, kind_field, "0");
    put(block, magic_field, std::string_view("ustar\0", 6));
    put(block, version_field, "00");
    put(block, prefix_field, parts.first);
    unsigned sum = sum_field.size * ' ';
    for (const auto byte : block)
        sum += byte;
    put(block, sum_field, fmt::format("{:06o}", sum));
    block[sum_field.offset + 7] = ' ';
    return block;
}

std::size_t filling(std::uint64_t size) {
    return static_cast<std::size_t>((block_size - size % block_size) % block_size);
}

bool all_zero(BytesView bytes) {
    return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

std::string text_of(BytesView block, Field field) {
    const auto part = block.subspan(field.offset, field.size);
    return {part.begin(), std::ranges::find(part, 0)};
}

std::uint64_t number_of(BytesView block, Field field) {
    std::uint64_t number = 0;
    for (const auto digit : text_of(block, field))
        number = number * 8 + static_cast<unsigned>(digit - '0') % 8;
    return number;
}

/// A header as it is read: what it says, if it is the one that says it.
core::Result<std::pair<std::string, std::uint64_t>> said_by(BytesView block, std::string_view before) {
    const auto prefix = text_of(block, prefix_field);
    const auto name = (prefix.empty() ? "" : prefix + "/") + text_of(block, name_field);
    const auto size = number_of(block, size_field);
    const auto right = header(name, size);
    if (!right || !std::ranges::equal(*right, block))
        return core::fail(fmt::format("{}: the head of this file in the container was altered", name));
    if (name <= before)
        return core::fail(fmt::format("{}: is not where its name belongs in the container", name));
    return std::pair(name, size);
}

} // namespace

core::Result<void> ContainerWriter::begin(const std::string& name, std::uint64_t size) {
    if (name <= name_)
        return core::fail(fmt::format("{}: does not come after {} in a package", name, name_));
    TONGKA_TRY(const auto block, header(name, size));
    name_ = name;
    size_ = size;
    written_ = 0;
    out_.write(reinterpret_cast<const char*>(block.data()), block.size());
    return {};
}

void ContainerWriter::write(BytesView piece) {
    written_ += piece.size();
    out_.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
}

core::Result<void> ContainerWriter::end() {
    if (written_ != size_)
        return core::fail(fmt::format("{}: was changed while it was packed", name_));
    const Block zeros{};
    out_.write(reinterpret_cast<const char*>(zeros.data()), static_cast<std::streamsize>(filling(size_)));
    return {};
}

core::Result<void> ContainerWriter::add(const std::string& name, BytesView content) {
    TONGKA_CHECK(begin(name, content.size()));
    write(content);
    return end();
}

void ContainerWriter::finish() {
    const std::array<char, end_size> zeros{};
    out_.write(zeros.data(), zeros.size());
}

core::Result<std::vector<Entry>> read_container(BytesView container) {
    std::vector<Entry> entries;
    std::string before;
    while (container.size() > end_size && !all_zero(container.first(block_size))) {
        TONGKA_TRY(const auto said, said_by(container.first(block_size), before));
        const auto& [name, size] = said;
        container = container.subspan(block_size);
        if (size + filling(size) > container.size())
            return core::fail(fmt::format("{}: the container is cut off within this file", name));
        entries.push_back({name, container.first(size)});
        if (!all_zero(container.subspan(size, filling(size))))
            return core::fail(fmt::format("{}: the container was altered behind this file", name));
        container = container.subspan(size + filling(size));
        before = name;
    }
    const auto last = before.empty() ? std::string("the container") : before;
    if (container.size() < end_size)
        return core::fail(fmt::format("{}: the container is cut off behind this file", last));
    if (container.size() > end_size)
        return core::fail(fmt::format("{}: the container goes on behind its last file", last));
    if (!all_zero(container))
        return core::fail(fmt::format("{}: the container was altered behind this file", last));
    return entries;
}

} // namespace tongka::evidence
