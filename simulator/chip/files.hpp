#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
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

[[nodiscard]] constexpr bool has_records(FileType type) {
    return type == FileType::linear_fixed || type == FileType::linear_variable || type == FileType::cyclic;
}

/// How the lines of a file are protected (standards.md 3.1): bit 8 of the type byte asks for a MAC, bits 8 and 7 for
/// ciphertext with a MAC.
enum class Protection : core::Byte { none, mac, cipher };

/// A file by its place in the tree of one chip; the master file is 0.
using FileIndex = std::uint16_t;
inline constexpr FileIndex master_file = 0;
inline constexpr std::uint16_t master_file_id = 0x3F00;

/// What the bodies of a DF (blocking.hpp) and of a purse (card/purse.hpp) take, in bytes.
inline constexpr std::uint32_t blocking_size = 2;
inline constexpr std::uint32_t purse_size = 128;

/// What the descriptor of a file says.
struct File {
    FileIndex parent = master_file;
    FileType type = FileType::transparent;
    std::uint16_t id = 0;
    Address body = 0;
    std::uint32_t size = 0;        ///< of the body, in bytes
    std::uint8_t record_count = 0; ///< of cyclic and linear fixed files
    std::uint8_t record_size = 0;  ///< of cyclic and linear fixed files
    core::Byte read = 0xF0;        ///< access right; of a DF: to create; of a key file: to add; of a purse: to use
    core::Byte write = 0xF0;       ///< access right; of a DF: to erase
    Protection protection = Protection::none;
    core::Byte key_selector = 0xFF; ///< which maintenance keys protect reading and writing, and whether reading is
    core::Byte shown_file = 0;      ///< of a DF: short id of the file that its FCI shows; of a purse: of its log
    core::Byte directory_file = 0;  ///< of a DF: short id of its DIR; 0 = none
    std::uint8_t name_size = 0;
    std::array<core::Byte, 16> name_bytes{}; ///< of a DF: 5 to 16 bytes

    [[nodiscard]] bool is_dedicated() const { return type == FileType::dedicated; }
    /// Short file identifier: the low five bits of the id (1 to 30).
    [[nodiscard]] core::Byte short_id() const { return id & 0x1F; }
    [[nodiscard]] core::BytesView name() const { return core::BytesView(name_bytes).first(name_size); }
    void set_name(core::BytesView name);

    /// Reading too asks for secure messaging (bit 8 of the selector is clear).
    [[nodiscard]] bool protects_reading() const { return protection != Protection::none && (key_selector & 0x80) == 0; }
    /// Identifier of the maintenance key for reading (bits 5, 4) or writing (bits 2, 1): 11 → 00 … 00 → 03.
    [[nodiscard]] core::Byte read_key() const { return 3 - (key_selector >> 3 & 3); }
    [[nodiscard]] core::Byte write_key() const { return 3 - (key_selector & 3); }
};

/// The tree of files of one chip. Descriptors and bodies lie one behind the other in memory; what is here beside them
/// only finds them faster and is read anew at power_up (mount()).
class Files {
public:
    explicit Files(Memory& memory) : memory_(memory) {}

    /// Reads the descriptors that stand in memory.
    void mount();

    [[nodiscard]] bool has_master_file() const { return !files_.empty(); }
    [[nodiscard]] bool has_space_for(const File& file) const;

    /// Makes a file as its description says (size and body are settled here), filled with zeros and `content`; the
    /// first one made is the master file. Nothing where the memory could not take it (6581).
    std::optional<FileIndex> create(File file, core::BytesView content = {});

    /// Takes away all that lies under a DF; the DF stays. Its space comes back where nothing lies behind it. False
    /// where the memory failed.
    [[nodiscard]] bool erase_under(FileIndex directory);

    [[nodiscard]] std::size_t count() const { return files_.size(); }
    [[nodiscard]] const File& at(FileIndex index) const { return files_[index]; }
    [[nodiscard]] unsigned level(FileIndex index) const; ///< 0 for the MF
    [[nodiscard]] std::optional<FileIndex> child(FileIndex parent, std::uint16_t id) const;
    [[nodiscard]] std::optional<FileIndex> child_by_short_id(FileIndex parent, core::Byte short_id) const;
    /// The first DF behind `after`, in the order of making, whose name begins so.
    [[nodiscard]] std::optional<FileIndex> named(core::BytesView beginning, std::optional<FileIndex> after = {}) const;
    /// The key file of a DF.
    [[nodiscard]] std::optional<FileIndex> key_file(FileIndex directory) const;

    [[nodiscard]] core::BytesView content(FileIndex index) const;

    [[nodiscard]] Memory& memory() const { return memory_; }

private:
    using Place = std::pair<std::uint32_t, FileIndex>; ///< parent << 16 | id, file

    void add(const File& file);
    [[nodiscard]] Address end() const;

    Memory& memory_;
    std::vector<File> files_;          ///< an erased one has type 00
    std::vector<Place> by_id_;         ///< sorted
    std::vector<Place> by_short_id_;   ///< sorted
    std::vector<FileIndex> dedicated_; ///< every DF, by name
};

} // namespace tongka::simulator
