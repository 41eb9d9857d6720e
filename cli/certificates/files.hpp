#pragma once

#include <string>

#include "cli/descriptor.hpp"
#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::cli::certificates {

/// The file's bytes, 16 MiB at most. As in all Errors here the file's name comes first.
[[nodiscard]] core::Result<core::Bytes> read_file(const std::string& file);

/// What `read` makes of the file; its Error tells the file.
template <typename Read>
auto read_as(const std::string& file, Read read) -> decltype(read(core::BytesView{})) {
    TONGKA_TRY(const auto bytes, read_file(file));
    auto made = read(core::BytesView(bytes));
    if (!made)
        return core::fail(made.error().at(file));
    return made;
}

enum class Readers { everybody, owner };

/// Writes a file that was not there, whole or not at all. An Error where the name is taken.
[[nodiscard]] core::Result<void> write_new(const std::string& file, core::BytesView bytes, Readers readers);

/// As write_new, in place of the file that is there.
[[nodiscard]] core::Result<void> replace(const std::string& file, core::BytesView bytes);

/// Waits until no other process holds the lock of the file's folder, and holds it as long as the Descriptor lives: who
/// reads a file, changes and replaces it loses nothing that another did meanwhile.
[[nodiscard]] core::Result<Descriptor> lock_folder(const std::string& file);

} // namespace tongka::cli::certificates
