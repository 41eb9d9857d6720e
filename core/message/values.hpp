#pragma once

#include <map>
#include <string>

#include "core/bytes.hpp"
#include "core/message/layout.hpp"

namespace tongka::core::message {

/// What a message's fields hold, by their names. Asking for a name that is not there, or for an array of another width,
/// is a bug and throws std::out_of_range.
class Values {
public:
    Values& set(std::string_view field, BytesView bytes) {
        values_.insert_or_assign(std::string(field), to_bytes(bytes));
        return *this;
    }
    /// Big-endian, in so many bytes.
    Values& set(std::string_view field, std::uint64_t number, std::size_t width) {
        return set(field, big_endian(number, width));
    }

    [[nodiscard]] const Bytes& bytes(std::string_view field) const;
    [[nodiscard]] std::uint64_t number(std::string_view field) const { return read_big_endian(bytes(field)); }
    [[nodiscard]] Byte byte(std::string_view field) const { return static_cast<Byte>(number(field)); }
    template <std::size_t size>
    [[nodiscard]] std::array<Byte, size> array(std::string_view field) const {
        std::array<Byte, size> to{};
        copy(field, to);
        return to;
    }
    [[nodiscard]] const std::map<std::string, Bytes, std::less<>>& all() const { return values_; }

    bool operator==(const Values&) const = default;

private:
    void copy(std::string_view field, std::span<Byte> to) const;

    std::map<std::string, Bytes, std::less<>> values_;
};

/// The body of a message: every field in the table's order. An Error names the field that is missing, of another width
/// or not in the table.
[[nodiscard]] Result<Bytes> encode_fields(std::span<const Field> fields, const Values& values);

/// An Error for a body of another size, and for a BCD field with a half-byte that is no digit.
[[nodiscard]] Result<Values> decode_fields(std::span<const Field> fields, BytesView body);

/// The body of a reply: a response code other than 00 stands alone.
[[nodiscard]] Result<Values> decode_reply(const Layout& layout, BytesView body);

} // namespace tongka::core::message
