#include "harness/clearing/field_codec.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"

namespace tongka::harness::clearing {
namespace {

using core::Byte;

/// The value of a hexadecimal digit, or 16.
constexpr auto digit_values = [] {
    std::array<Byte, 256> made{};
    made.fill(16);
    for (unsigned digit = 0; digit < 10; ++digit)
        made['0' + digit] = static_cast<Byte>(digit);
    for (unsigned digit = 10; digit < 16; ++digit)
        made['A' + digit - 10] = made['a' + digit - 10] = static_cast<Byte>(digit);
    return made;
}();

Byte digit(char c) {
    return digit_values[static_cast<unsigned char>(c)];
}

core::BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const Byte*>(text.data()), text.size()};
}

bool digits_below(std::string_view text, unsigned base) {
    return std::ranges::all_of(text, [&](char c) { return digit(c) < base; });
}

/// Digits on the right of the member's bytes.
bool read_digits(std::string_view text, unsigned base, Byte* member, std::size_t size) {
    std::size_t at = text.size();
    for (std::size_t byte = size; byte-- > 0;) {
        const unsigned low = at > 0 ? digit(text[--at]) : 0;
        const unsigned high = at > 0 ? digit(text[--at]) : 0;
        if (low >= base || high >= base)
            return false;
        member[byte] = static_cast<Byte>(high << 4 | low);
    }
    return std::ranges::all_of(text.substr(0, at), [](char c) { return c == '0'; });
}

bool read_number(const Field& field, std::string_view text, std::uint64_t& value) {
    value = 0;
    switch (field.type) {
    case FieldType::digits:
        for (const char c : text) {
            if (digit(c) > 9)
                return false;
            value = value * 10 + digit(c);
        }
        return true;
    case FieldType::hex:
        for (const char c : text) {
            if (digit(c) > 15)
                return false;
            value = value << 4 | digit(c);
        }
        return true;
    case FieldType::big_endian:
        value = core::read_big_endian(bytes_of(text));
        return true;
    case FieldType::little_endian:
        for (std::size_t at = text.size(); at-- > 0;)
            value = value << 8 | static_cast<unsigned char>(text[at]);
        return true;
    case FieldType::bcd:
        if (const auto read = core::read_bcd(bytes_of(text))) {
            value = *read;
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool store_number(std::uint64_t value, Byte* member, std::size_t size) {
    if (size < 8 && value >> (8 * size) != 0)
        return false;
    std::memcpy(member, &value, size); // numbers of the machine, least significant byte first
    return true;
}

bool decode_field(const Field& field, std::string_view text, Transaction& into) {
    if (!field.means)
        return fault_of(field, text).empty();
    Byte* member = reinterpret_cast<Byte*>(&into) + field.means->offset;
    const std::size_t size = field.means->size;
    if (field.means->kind == Member::Kind::number) {
        std::uint64_t value = 0;
        return read_number(field, text, value) && store_number(value, member, size);
    }
    switch (field.type) {
    case FieldType::digits:
        return read_digits(text, 10, member, size);
    case FieldType::hex:
        return read_digits(text, 16, member, size);
    default:
        break;
    }
    const std::size_t offset = size - text.size();
    std::memcpy(member + offset, text.data(), text.size());
    return field.type != FieldType::bcd || core::is_bcd({member + offset, text.size()});
}

constexpr char figures[] = "0123456789ABCDEF";

/// Bytes of two digits each into characters, from the right.
bool write_digits(const Byte* member, std::size_t size, char* into, std::size_t width) {
    for (std::size_t at = 0; at < 2 * size || at < width; ++at) {
        const Byte byte = at < 2 * size ? member[size - 1 - at / 2] : Byte{0};
        const unsigned value = at % 2 == 0 ? byte & 0x0F : byte >> 4;
        if (at < width)
            into[width - 1 - at] = figures[value];
        else if (value != 0)
            return false;
    }
    return true;
}

void write_constant(const Field& field, char* into) {
    const bool binary = field.type == FieldType::bytes || field.type == FieldType::bcd ||
                        field.type == FieldType::big_endian || field.type == FieldType::little_endian;
    if (field.is.empty()) {
        const char zero = field.type == FieldType::text ? ' ' : '0';
        std::memset(into, binary ? 0 : zero, field.width);
        return;
    }
    for (std::size_t at = 0; at < field.width; ++at)
        into[at] =
            binary ? static_cast<char>(digit(field.is[2 * at]) << 4 | digit(field.is[2 * at + 1])) : field.is[at];
}

} // namespace

std::string_view text_of(const Field& field, std::string_view line) {
    if (!field.from_end) {
        if (line.size() < field.offset + field.width)
            return {};
        return line.substr(field.offset, field.width);
    }
    return line.size() < field.offset ? std::string_view{} : line.substr(line.size() - field.offset, field.width);
}

std::string fault_of(const Field& field, std::string_view text) {
    const auto shown = [&] {
        return field.is.size() == text.size() ? std::string(text) : core::to_hex(bytes_of(text));
    };
    switch (field.type) {
    case FieldType::digits:
        if (!digits_below(text, 10))
            return fmt::format("'{}' is no number", text);
        break;
    case FieldType::hex:
        if (!digits_below(text, 16))
            return fmt::format("'{}' is not hexadecimal", text);
        break;
    case FieldType::bcd:
        if (!core::is_bcd(bytes_of(text)))
            return fmt::format("{} is not BCD", core::to_hex(bytes_of(text)));
        break;
    default:
        break;
    }
    if (!field.is.empty() && shown() != field.is)
        return fmt::format("is '{}', and must be '{}'", shown(), field.is);
    if (field.means && field.means->kind == Member::Kind::number) {
        std::uint64_t value = 0;
        Byte room[8];
        if (!read_number(field, text, value) || !store_number(value, room, field.means->size))
            return fmt::format("'{}' is too large", text);
    }
    return {};
}

std::uint64_t number_of(const Field& field, std::string_view text) {
    std::uint64_t value = 0;
    return read_number(field, text, value) ? value : 0;
}

const Field* decode(const Line& record, std::string_view line, Transaction& into) {
    for (const Field& field : record.fields) {
        if (field.type == FieldType::filler && field.is.empty())
            continue;
        const auto text =
            field.from_end || field.width == 0 ? text_of(field, line) : line.substr(field.offset, field.width);
        if (field.width != 0 && !decode_field(field, text, into))
            return &field;
    }
    return nullptr;
}

bool encode_number(const Field& field, std::uint64_t number, char* into) {
    switch (field.type) {
    case FieldType::digits:
        for (std::size_t at = field.width; at-- > 0; number /= 10)
            into[at] = figures[number % 10];
        return number == 0;
    case FieldType::hex:
        for (std::size_t at = field.width; at-- > 0; number >>= 4)
            into[at] = figures[number & 15];
        return number == 0;
    case FieldType::big_endian:
        for (std::size_t at = field.width; at-- > 0; number >>= 8)
            into[at] = static_cast<char>(number & 0xFF);
        return number == 0;
    case FieldType::little_endian:
        for (std::size_t at = 0; at < field.width; ++at, number >>= 8)
            into[at] = static_cast<char>(number & 0xFF);
        return number == 0;
    case FieldType::bcd:
        if (const auto digits = core::to_bcd(number, field.width)) {
            std::memcpy(into, digits->data(), field.width);
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool encode(const Field& field, const Transaction& from, char* into) {
    if (!field.means) {
        write_constant(field, into);
        return true;
    }
    const Byte* member = reinterpret_cast<const Byte*>(&from) + field.means->offset;
    const std::size_t size = field.means->size;
    if (field.means->kind == Member::Kind::number) {
        std::uint64_t value = 0;
        std::memcpy(&value, member, size);
        return encode_number(field, value, into);
    }
    if (field.type == FieldType::digits || field.type == FieldType::hex)
        return write_digits(member, size, into, field.width);
    std::memcpy(into, member + size - field.width, field.width);
    return std::all_of(member, member + size - field.width, [](Byte byte) { return byte == 0; });
}

const Field* encode(const Layout& layout, const Transaction& from, std::string& record) {
    const bool csv = layout.kind == Layout::Kind::csv;
    record.resize(layout.record.width + (csv ? layout.record.fields.size() - 1 : 0));
    char* into = record.data();
    for (const Field& field : layout.record.fields) {
        if (csv && field.offset > 0)
            *into++ = ',';
        if (!encode(field, from, into))
            return &field;
        into += field.width;
    }
    return nullptr;
}

} // namespace tongka::harness::clearing
