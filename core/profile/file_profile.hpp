#pragma once

#include <cstdint>
#include <vector>

#include "core/bytes.hpp"

namespace tongka::core {

/// Of a file's lines: plain, with a MAC, or enciphered with a MAC (standards.md 3.1).
enum class Protection : Byte { none, mac, cipher };

enum class FileKind : Byte { directory, transparent, linear_fixed, linear_variable, cyclic };

/// A file of a user card. The master file, the key files and the purses are not told of: every card has them. The
/// purses and the keys of the application stand in the first directory (`CardProfile::files`).
struct FileProfile {
    std::uint16_t parent = 0x3F00; ///< id of its directory: the master file 3F00 or a directory listed before it
    std::uint16_t id = 0;          ///< no other file of its directory has it
    FileKind kind = FileKind::transparent;
    std::uint16_t size = 0; ///< of transparent and linear variable files, in bytes
    Byte records = 0;       ///< of linear fixed and cyclic files
    Byte record_size = 0;
    Byte read = 0xF0;  ///< access rights XY (standards.md 3.1); of a directory: to create files in it
    Byte write = 0xF0; ///< of a directory: to erase it
    Protection protection = Protection::none;
    bool protected_read = false; ///< only writing is protected unless this is set
    Byte read_key = 0;           ///< ids of the maintenance keys of reading and writing, 0 to 3
    Byte write_key = 0;
    Bytes name;                 ///< of a directory: its DF name
    Byte shows = 0;             ///< of a directory: short identifier of the file that its FCI shows; 0 = none
    std::vector<Bytes> content; ///< of a transparent file at most one; of a file of records, record 1 first
};

} // namespace tongka::core
