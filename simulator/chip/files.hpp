#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/bytes.hpp"
#include "simulator/chip/memory.hpp"

namespace tongka::simulator {

/// Kinds of files, by the type byte of FMCOS CREATE FILE (standards.md 3.1).
enum class FileType : core::Byte {
    transparent = 0x28,
    linear_fixed = 0x2A,
    linear_variable = 0x2C,
    cyclic = 0x2E,
    purse = 0x2F,
    dedicated = 0x38,
    keys = 0x3F,
};

/// A file by its place in the tree of one chip; the master file is 0.
using FileIndex = std::uint16_t;
inline constexpr FileIndex master_file = 0;

/// What the descriptor of a file says.
struct File {
    FileIndex parent = master_file;
    FileType type = FileType::transparent;
    std::uint16_t id = 0;
    Address body = 0;
    std::uint32_t size = 0;        ///< of the body, in bytes
    std::uint8_t record_count = 0; ///< of cyclic and linear files
    std::uint8_t record_size = 0;  ///< of cyclic and linear fixed files
    core::Byte fci_file = 0;       ///< of a DF: short id of the transparent file that its FCI shows; 0 = none
    core::Byte directory_file = 0; ///< of a DF: short id of its DIR; 0 = none
    core::Bytes name = {};         ///< of a DF: 5 to 16 bytes

    [[nodiscard]] bool is_dedicated() const { return type == FileType::dedicated; }
    /// Short file identifier: the low five bits of the id (1 to 30).
    [[nodiscard]] core::Byte short_id() const { return id & 0x1F; }
};

/// The files of one chip: what they hold lives in memory, how they lie is settled when the chip is made.
class Files {
public:
    explicit Files(Memory& memory) : memory_(memory) {}

    /// Makes a file as its description says (`body` is given by memory); the first one made is the master file. A
    /// cyclic file starts empty, any other with zeros.
    FileIndex create(File file);

    [[nodiscard]] const File& at(FileIndex index) const { return files_[index]; }
    [[nodiscard]] std::optional<FileIndex> child(FileIndex parent, std::uint16_t id) const;
    [[nodiscard]] std::optional<FileIndex> child_by_short_id(FileIndex parent, core::Byte short_id) const;
    /// A DF anywhere whose whole name this is.
    [[nodiscard]] std::optional<FileIndex> named(core::BytesView name) const;

    [[nodiscard]] core::BytesView content(FileIndex index) const;

    /// Record `number` of a linear fixed or cyclic file, from 1; of a cyclic file 1 is the newest. Nothing where no
    /// record was ever written.
    [[nodiscard]] std::optional<core::BytesView> record(FileIndex index, unsigned number) const;

    /// The first record of a linear variable file that begins with the tag `id`, with its tag and length.
    [[nodiscard]] std::optional<core::BytesView> record_with_id(FileIndex index, core::Byte id) const;

    /// Adds the newest record of a cyclic file; the oldest goes once `keep` records stand there.
    void append_cyclic(Transaction& transaction, FileIndex index, core::BytesView record, unsigned keep) const;

private:
    Memory& memory_;
    std::vector<File> files_;
    std::unordered_map<std::uint32_t, FileIndex> by_id_;       ///< parent << 16 | id
    std::unordered_map<std::uint32_t, FileIndex> by_short_id_; ///< parent << 16 | short id
};

} // namespace tongka::simulator
