#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// A parameter table as it is downloaded to a terminal. Public are its parts, a title, a table of the offsets of
/// sections and records with little-endian numbers (clauses.md F); what title and offset table look like is inferred:
///
///     title, 32 bytes: id 2 (BCD), version 2, city 2, industry 2 (BCD), sections 2, made on 4 (BCD YYYYMMDD), size of
///     the file 4, CRC-32 of all behind the title 4, zeros 10
///     for each section, 12 bytes: offset 4, records 4, bytes of a record 2, zeros 2
///     the records of each section
struct TableFile {
    struct Section {
        std::uint16_t record_size = 0;
        std::vector<core::Bytes> records = {}; ///< each of record_size bytes
    };

    std::array<core::Byte, 2> id{}; ///< 1901 to 1920
    std::array<core::Byte, 2> city{};
    std::array<core::Byte, 2> industry{};
    std::array<core::Byte, 4> made_on{};
    std::vector<Section> sections;

    [[nodiscard]] core::Bytes encode() const;
    /// The Error tells the byte and what is wrong with it.
    [[nodiscard]] static core::Result<TableFile> decode(core::BytesView bytes);

    /// The same from a file; the Error begins with its name.
    [[nodiscard]] static core::Result<TableFile> read(const std::filesystem::path& path);
};

} // namespace tongka::simulator
