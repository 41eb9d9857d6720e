#include "core/hex.hpp"
#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

constexpr std::size_t directory_head = 8; // type 1, size 2, create 1, erase 1, file 1, FFFF; the name follows
constexpr std::size_t elementary_size = 7;
constexpr unsigned deepest_level = 2; // MF, DF, DF: three levels (standards.md 3.1)
constexpr core::Byte mac_bit = 0x80;
constexpr core::Byte cipher_bit = 0x40;

constexpr Reason wrong_description{0x6A80, "the description of the file is none that the card knows",
                                   "standards.md 3.1"};
constexpr Reason too_deep{0x6A80, "a card has three levels of directories", "standards.md 3.1"};
constexpr Reason exists{0x6A86, "a file with this identifier stands there", "standards.md 3.1"};
constexpr Reason no_master_file{0x6A82, "the card has no MF yet: 3F00 comes first", "standards.md 3.5"};
constexpr const Reason* reasons[] = {&common::wrong_lc, &wrong_description, &too_deep,         &exists,
                                     &no_master_file,   &common::no_right,  &common::no_space, &common::memory_failure};

/// A DF: the file whose short id stands behind the rights is shown in the FCI (bit 8 set) or is the DIR.
std::optional<File> directory(core::BytesView data) {
    if (data.size() < directory_head + 5 || data.size() > directory_head + 16)
        return std::nullopt;
    File file{.type = FileType::dedicated, .read = data[3], .write = data[4]};
    const core::Byte short_id = data[5] & 0x1F;
    (data[5] & 0x80 ? file.shown_file : file.directory_file) = short_id;
    auto name = data.subspan(directory_head);
    const core::Bytes master_name = "315041592E5359532E4444463031"_hex; // 1PAY.SYS.DDF01
    if (std::ranges::all_of(name, [](core::Byte byte) { return byte == 0xFF; }))
        name = master_name;
    file.set_name(name);
    return file;
}

std::optional<File> elementary(core::BytesView data) {
    if (data.size() != elementary_size)
        return std::nullopt;
    const core::Byte type = data[0];
    const auto size = static_cast<std::uint32_t>(core::read_big_endian(data.subspan(1, 2)));
    if (type == static_cast<core::Byte>(FileType::keys))
        return File{.type = FileType::keys, .size = size, .read = data[4]};
    if (type == static_cast<core::Byte>(FileType::purse))
        return File{.type = FileType::purse, .read = data[3], .shown_file = data[6]};
    if ((type & cipher_bit) && !(type & mac_bit))
        return std::nullopt;
    File file{.type = static_cast<FileType>(type & ~(mac_bit | cipher_bit)),
              .read = data[3],
              .write = data[4],
              .protection = type & cipher_bit ? Protection::cipher
                            : type & mac_bit  ? Protection::mac
                                              : Protection::none,
              .key_selector = data[6]};
    switch (file.type) {
    case FileType::transparent:
    case FileType::linear_variable:
        file.size = size;
        return size == 0 ? std::nullopt : std::optional(file);
    case FileType::linear_fixed:
    case FileType::cyclic:
        file.record_count = data[1];
        file.record_size = data[2];
        return file.record_count < 2 || file.record_size == 0 ? std::nullopt : std::optional(file);
    default:
        return std::nullopt;
    }
}

/// P1 P2 = identifier, data as FMCOS lays it out (standards.md 3.1).
Reply execute(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (command.data.empty())
        return refuse(common::wrong_lc);
    const bool is_directory = command.data[0] == static_cast<core::Byte>(FileType::dedicated);
    auto file = is_directory ? directory(command.data) : elementary(command.data);
    if (!file)
        return refuse(wrong_description);
    Files& files = card.files();
    file->id = command.p1p2();
    if (!files.has_master_file()) {
        if (!is_directory || file->id != master_file_id)
            return refuse(no_master_file);
    } else {
        const FileIndex parent = card.selection().directory;
        if (!card.directory_is_open() && !card.allows(files.at(parent).read))
            return refuse(common::no_right);
        if (file->id == master_file_id || files.child(parent, file->id))
            return refuse(exists);
        if (is_directory && files.level(parent) >= deepest_level)
            return refuse(too_deep);
        file->parent = parent;
    }
    if (!files.has_space_for(*file))
        return refuse(common::no_space);
    if (!files.create(*file))
        return refuse(common::memory_failure);
    return success();
}

} // namespace

const Instruction create_file{"CREATE FILE", 0x80, 0xE0, {}, execute, reasons};

} // namespace tongka::simulator
