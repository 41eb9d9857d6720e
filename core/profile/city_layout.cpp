#include "core/profile/city_layout.hpp"

#include "core/hex.hpp"
#include "core/profile/content.hpp"

namespace tongka::core {
namespace {

constexpr std::uint16_t master_file = 0x3F00;
constexpr std::uint16_t application = 0x3F01;

/// Right XY with X < Y, which no state satisfies (standards.md 3.1): a log grows by transactions alone.
constexpr Byte never = 0xEF;

/// State of the application after its master control key: nobody else makes or erases files in it.
constexpr Byte after_master_control = 0xAA;

struct Line {
    std::uint16_t parent;
    std::uint16_t id;
    FileKind kind;
    std::uint16_t size = 0;
    Byte records = 0;
    Byte record_size = 0;
    Byte read = 0xF0;
    Byte write = 0xF0;
    Protection protection = Protection::none;
    Byte write_key = 0;
    std::string_view name = {};
    Byte shows = 0;
    std::string_view content = {};
};

// 0005: issuer 2, city 2, industry 2, RFU 2, ASN 8, types 2, issue date 4, issuing device 6, version 2.
// 0015: issuer 2, city 2, industry 2, RFU 2, in use 1, application version 1, interoperable 2, ASN 8, start 4,
//       expiry 4, types 2.
// 0017: room for seven composite records of 48 bytes; record 01, which terminals use, is there and empty.
// The card's main and sub type are 01 in both; these values are the issuer's own. So are the rights, since no source
// prints those of a city card: standards.md 6 tells which maintenance key writes which file.
constexpr Line lines[] = {
    {.parent = master_file,
     .id = 0x0001,
     .kind = FileKind::linear_variable,
     .size = 64,
     .content = "61114F09A00000000386980701500450424F43"},
    {.parent = master_file,
     .id = 0x0005,
     .kind = FileKind::transparent,
     .size = 30,
     .protection = Protection::mac,
     .content = "{city}{city}0000FFFF{asn}0101{start}0000000000010100"},
    {.parent = master_file,
     .id = application,
     .kind = FileKind::directory,
     .read = after_master_control,
     .write = after_master_control,
     .name = "A00000000386980701",
     .shows = 0x15},
    {.parent = application,
     .id = 0x0015,
     .kind = FileKind::transparent,
     .size = 30,
     .protection = Protection::mac,
     .content = "{city}{city}0000FFFF01010001{asn}{start}{expiry}0101"},
    {.parent = application, .id = 0x0016, .kind = FileKind::transparent, .size = 55, .protection = Protection::mac},
    {.parent = application,
     .id = 0x0017,
     .kind = FileKind::linear_variable,
     .size = 0x150,
     .content = "012E"
                "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"},
    {.parent = application, .id = 0x0018, .kind = FileKind::cyclic, .records = 10, .record_size = 23, .write = never},
    {.parent = application, .id = 0x0010, .kind = FileKind::cyclic, .records = 10, .record_size = 23, .write = never},
    {.parent = application, .id = 0x001A, .kind = FileKind::cyclic, .records = 10, .record_size = 23, .write = never},
    {.parent = application,
     .id = 0x0011,
     .kind = FileKind::transparent,
     .size = 0x20,
     .protection = Protection::mac,
     .write_key = 1},
    {.parent = application,
     .id = 0x0012,
     .kind = FileKind::transparent,
     .size = 0x20,
     .protection = Protection::mac,
     .write_key = 1},
};

} // namespace

std::vector<FileProfile> city_layout(const CardProfile& card) {
    std::vector<FileProfile> files;
    for (const Line& line : lines) {
        FileProfile& file = files.emplace_back();
        file.parent = line.parent;
        file.id = line.id;
        file.kind = line.kind;
        file.size = line.size;
        file.records = line.records;
        file.record_size = line.record_size;
        file.read = line.read;
        file.write = line.write;
        file.protection = line.protection;
        file.write_key = line.write_key;
        file.name = from_hex(line.name).value();
        file.shows = line.shows;
        if (!line.content.empty())
            file.content.push_back(fill_in(line.content, card).value());
    }
    return files;
}

} // namespace tongka::core
