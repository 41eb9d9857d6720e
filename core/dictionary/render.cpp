#include "core/dictionary/render.hpp"

#include <optional>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"

namespace tongka::core::dictionary {

namespace {

struct CodeName {
    std::uint16_t code;
    Text name;
};

// standards.md 5.2
constexpr CodeName transaction_types[]{
    {0x01, {"ED圈存", "ED load"}},
    {0x02, {"EP圈存", "EP load"}},
    {0x03, {"圈提", "unload"}},
    {0x04, {"取现", "cash withdrawal"}},
    {0x05, {"ED消费", "ED purchase"}},
    {0x06, {"EP消费", "EP purchase"}},
    {0x07, {"修改透支限额", "overdraft limit change"}},
    {0x09, {"EP复合消费", "EP CAPP purchase"}},
    {0x0A, {"ED复合消费", "ED CAPP purchase"}},
    {0x91, {"ED灰锁", "ED grey lock"}},
    {0x92, {"EP灰锁", "EP grey lock"}},
    {0x93, {"解扣", "grey unlock debit"}},
    {0x94, {"解扣", "grey unlock debit"}},
    {0x95, {"ED联机解扣", "ED online unlock"}},
    {0x96, {"EP联机解扣", "EP online unlock"}},
};

constexpr CodeName purses[]{{0x01, {"ED 电子存折", "ED"}}, {0x02, {"EP 电子钱包", "EP"}}};

// standards.md 5.3
constexpr CodeName algorithms[]{{0x00, {"3DES", "3DES"}}, {0x01, {"DES", "DES"}}, {0x04, {"SM4", "SM4"}}};

// standards.md 4.3, the low five bits of the usage; 0B: clauses.md E
constexpr CodeName key_types[]{
    {0x00, {"主控", "master"}},
    {0x02, {"消费", "purchase"}},
    {0x03, {"PIN解锁", "PIN unblock"}},
    {0x04, {"PIN重装", "PIN reload"}},
    {0x05, {"维护", "maintenance"}},
    {0x06, {"MAC", "MAC"}},
    {0x07, {"加密", "encipherment"}},
    {0x08, {"MAC与加密", "MAC and encipherment"}},
    {0x09, {"圈存", "load"}},
    {0x0B, {"圈存（ISAM）", "load (ISAM)"}},
    {0x0C, {"TAC", "TAC"}},
    {0x0D, {"PIN", "PIN"}},
    {0x0E, {"外部认证", "external authentication"}},
    {0x0F, {"内部认证", "internal authentication"}},
    {0x1E, {"导出", "export"}},
};

constexpr CodeName file_ids[]{
    {0x3F00, {"主文件", "MF"}}, {0x3F01, {"应用目录", "application"}}, {0x1001, {"PSAM应用目录", "PSAM application"}}};

std::string_view find(std::span<const CodeName> names, std::uint64_t code, Language language) {
    for (const auto& entry : names)
        if (entry.code == code)
            return entry.name.in(language);
    return {};
}

std::string hex_and_name(std::span<const CodeName> names, BytesView bytes, Language language) {
    const auto name = find(names, read_big_endian(bytes), language);
    return name.empty() ? to_hex(bytes) : fmt::format("{} {}", to_hex(bytes), name);
}

template <typename... Values>
std::string fill(const Text& pattern, Language language, const Values&... values) {
    return fmt::format(fmt::runtime(pattern.in(language)), values...);
}

std::string amount(BytesView bytes, Language language) {
    const auto fen = read_big_endian(bytes);
    return fill({"{}.{:02}元", "{}.{:02} CNY"}, language, fen / 100, fen % 100);
}

std::string date(BytesView bytes) {
    if (!read_bcd_date(bytes))
        return to_hex(bytes);
    return fmt::format("{:02x}{:02x}-{:02x}-{:02x}", bytes[0], bytes[1], bytes[2], bytes[3]);
}

std::string time(BytesView bytes) {
    if (!read_bcd_time(bytes))
        return to_hex(bytes);
    return fmt::format("{:02x}:{:02x}:{:02x}", bytes[0], bytes[1], bytes[2]);
}

std::string key_usage(Byte usage, Language language) {
    const auto type = find(key_types, usage & 0x1FU, language);
    return fill({"{:02X} {}，分散{}级", "{:02X} {}, {} levels"}, language, usage, type.empty() ? "?" : type,
                usage >> 5);
}

std::string factors(BytesView bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 8)
        text += (at == 0 ? "" : " ") + to_hex(bytes.subspan(at, std::min<std::size_t>(8, bytes.size() - at)));
    return text;
}

std::string directory_name(BytesView bytes, Language language) {
    static const Bytes ministry{0xBD, 0xA8, 0xC9, 0xE8, 0xB2, 0xBF}; // in GBK, standards.md 3.1
    if (equal(bytes, ministry))
        return language == Language::zh ? "建设部" : "建设部 (ministry of construction)";
    const bool printable =
        !bytes.empty() && std::ranges::all_of(bytes, [](Byte byte) { return byte >= 0x20 && byte < 0x7F; });
    return printable ? std::string(bytes.begin(), bytes.end()) : to_hex(bytes);
}

std::string short_file(unsigned sfi, Language language) {
    if (sfi == 0)
        return language == Language::zh ? "当前文件" : "current file";
    return fmt::format("SFI {:02X}", sfi);
}

std::string binary_reference(Byte p1, Byte p2, Language language) {
    const bool by_sfi = (p1 & 0x80) != 0;
    const unsigned offset = by_sfi ? p2 : static_cast<unsigned>(p1 << 8 | p2);
    return fill({"{}，偏移{}", "{}, offset {}"}, language, short_file(by_sfi ? p1 & 0x1FU : 0U, language), offset);
}

// ISO/IEC 7816-4, 7.3.3: the low three bits of P2 say what P1 is.
std::string record_reference(Byte p1, Byte p2, Language language) {
    const auto file = short_file(p2 >> 3, language);
    switch (p2 & 0x07) {
    case 0x00:
        return fill({"{}，标识为{:02X}的记录", "{}, record with identifier {:02X}"}, language, file, p1);
    case 0x04:
        return fill({"{}，第{}条记录", "{}, record {}"}, language, file, p1);
    default:
        return fmt::format("{}, P1 {:02X}, P2 & 7 = {}", file, p1, p2 & 0x07);
    }
}

std::optional<std::size_t> fixed_width(Kind kind) {
    switch (kind) {
    case Kind::transaction_type:
    case Kind::purse:
    case Kind::algorithm:
    case Kind::key_usage:
        return 1;
    case Kind::file_id:
    case Kind::binary_reference:
    case Kind::record_reference:
        return 2;
    default:
        return std::nullopt;
    }
}

} // namespace

std::string render(Kind kind, BytesView bytes, Language language) {
    if (const auto width = fixed_width(kind); width && bytes.size() != *width)
        return to_hex(bytes);
    switch (kind) {
    case Kind::pin:
    case Kind::key:
        return std::string(2 * bytes.size(), '*');
    case Kind::amount:
        return bytes.size() <= 8 ? amount(bytes, language) : to_hex(bytes);
    case Kind::number:
        return bytes.size() <= 8 ? std::to_string(read_big_endian(bytes)) : to_hex(bytes);
    case Kind::date:
        return date(bytes);
    case Kind::time:
        return time(bytes);
    case Kind::transaction_type:
        return hex_and_name(transaction_types, bytes, language);
    case Kind::purse:
        return hex_and_name(purses, bytes, language);
    case Kind::algorithm:
        return hex_and_name(algorithms, bytes, language);
    case Kind::file_id:
        return hex_and_name(file_ids, bytes, language);
    case Kind::key_usage:
        return key_usage(bytes[0], language);
    case Kind::factors:
        return factors(bytes);
    case Kind::name:
        return directory_name(bytes, language);
    case Kind::binary_reference:
        return binary_reference(bytes[0], bytes[1], language);
    case Kind::record_reference:
        return record_reference(bytes[0], bytes[1], language);
    default:
        return to_hex(bytes);
    }
}

} // namespace tongka::core::dictionary
