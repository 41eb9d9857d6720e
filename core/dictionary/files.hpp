#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/dictionary/device.hpp"
#include "core/dictionary/field.hpp"

namespace tongka::core::dictionary {

using FileId = std::uint16_t;

enum class FileForm : std::uint8_t { binary, record };

/// What stands in an elementary file, or in one record of it. Cities vary: a file may have several layouts, told apart
/// by their length.
struct FileLayout {
    Text name{};
    Device device = Device::card;
    FileId id = 0;
    FileForm form = FileForm::binary;
    Layout fields{};

    /// Length of the file or record in bytes; 0 where its last field takes any rest.
    [[nodiscard]] std::size_t length() const;
};

/// The files of standards.md 3.3 and 3.4 and clauses.md E and J.1, those of one identifier from the usual one on.
[[nodiscard]] std::span<const FileLayout> file_layouts();

/// The layout that bytes [offset, offset + size) of a file, or of a record, fit best: one that ends where they end,
/// else the first that is long enough; null where none is.
[[nodiscard]] const FileLayout* find_file(FileId id, FileForm form, std::optional<Device> device, std::size_t offset,
                                          std::size_t size);

} // namespace tongka::core::dictionary
