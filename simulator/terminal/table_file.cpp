#include "simulator/terminal/table_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include <botan/hash.h>
#include <fmt/format.h>

#include "core/bcd.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;

constexpr std::size_t title_size = 32;
constexpr std::size_t entry_size = 12;
constexpr std::uint16_t version = 1;
constexpr std::uintmax_t largest = std::uintmax_t{1} << 31;

void append_little(Bytes& to, std::uint64_t number, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i)
        to.push_back(static_cast<Byte>(number >> (8 * i)));
}

std::uint64_t read_little(BytesView bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        number = number << 8 | bytes[i - 1];
    return number;
}

std::uint32_t crc_of(BytesView bytes) {
    const auto crc = Botan::HashFunction::create_or_throw("CRC32");
    crc->update(bytes.data(), bytes.size());
    return static_cast<std::uint32_t>(core::read_big_endian(crc->final_stdvec()));
}

tl::unexpected<core::Error> wrong(std::size_t at, std::string_view what) {
    return core::fail(fmt::format("byte {}: {}", at, what));
}

} // namespace

Bytes TableFile::encode() const {
    Bytes behind;
    std::size_t offset = title_size + entry_size * sections.size();
    for (const Section& section : sections) {
        append_little(behind, offset, 4);
        append_little(behind, section.records.size(), 4);
        append_little(behind, section.record_size, 2);
        append_little(behind, 0, 2);
        offset += section.record_size * section.records.size();
    }
    for (const Section& section : sections)
        for (const Bytes& record : section.records)
            core::append(behind, record);
    Bytes made = core::to_bytes(id);
    append_little(made, version, 2);
    core::append(made, city);
    core::append(made, industry);
    append_little(made, sections.size(), 2);
    core::append(made, made_on);
    append_little(made, title_size + behind.size(), 4);
    append_little(made, crc_of(behind), 4);
    made.resize(title_size);
    core::append(made, behind);
    return made;
}

core::Result<TableFile> TableFile::decode(BytesView bytes) {
    if (bytes.size() < title_size)
        return wrong(bytes.size(), "ends before its title of 32 bytes does");
    TableFile table;
    std::copy_n(bytes.begin(), 2, table.id.begin());
    if (!core::is_bcd(table.id))
        return wrong(0, "a table's id has four digits");
    if (read_little(bytes.subspan(2, 2)) != version)
        return wrong(2, fmt::format("form {} of parameter tables is not known", read_little(bytes.subspan(2, 2))));
    std::copy_n(bytes.begin() + 4, 2, table.city.begin());
    std::copy_n(bytes.begin() + 6, 2, table.industry.begin());
    const auto sections = read_little(bytes.subspan(8, 2));
    std::copy_n(bytes.begin() + 10, 4, table.made_on.begin());
    if (read_little(bytes.subspan(14, 4)) != bytes.size())
        return wrong(14, fmt::format("tells a size of {}, but the file has {}", read_little(bytes.subspan(14, 4)),
                                     bytes.size()));
    if (read_little(bytes.subspan(18, 4)) != crc_of(bytes.subspan(title_size)))
        return wrong(18, "the CRC does not fit what stands behind the title");
    std::uint64_t next = title_size + entry_size * sections;
    if (next > bytes.size())
        return wrong(8, fmt::format("{} sections do not fit into the file", sections));
    for (std::size_t i = 0; i < sections; ++i) {
        const std::size_t at = title_size + entry_size * i;
        const auto offset = read_little(bytes.subspan(at, 4));
        const auto count = read_little(bytes.subspan(at + 4, 4));
        const auto size = read_little(bytes.subspan(at + 8, 2));
        if (offset != next)
            return wrong(at, fmt::format("section {} begins at {}, not at {}", i + 1, offset, next));
        if (size == 0 || count > (bytes.size() - next) / size)
            return wrong(at + 4, fmt::format("{} records of {} bytes do not fit into the file", count, size));
        Section section{.record_size = static_cast<std::uint16_t>(size)};
        for (std::uint64_t number = 0; number < count; ++number, next += size)
            section.records.push_back(core::to_bytes(bytes.subspan(next, size)));
        table.sections.push_back(std::move(section));
    }
    return next == bytes.size() ? core::Result<TableFile>(std::move(table))
                                : wrong(next, "more stands behind the last section");
}

core::Result<TableFile> TableFile::read(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream stream(path, std::ios::binary);
    if (error || !stream)
        return core::fail(
            fmt::format("{}: cannot be read: {}", path.native(), error ? error.message() : std::strerror(errno)));
    if (size > largest)
        return core::fail(fmt::format("{}: has more than 2 GiB", path.native()));
    Bytes bytes(size);
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (stream.gcount() != static_cast<std::streamsize>(size))
        return core::fail(fmt::format("{}: cannot be read whole", path.native()));
    auto table = decode(bytes);
    return table ? std::move(table) : core::Result<TableFile>(core::fail(table.error().at(path.native())));
}

} // namespace tongka::simulator
