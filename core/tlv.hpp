#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// A tag as it is written, its bytes one behind the other: 0x6F, 0x9F0C, 0xBF0C. Up to 4 bytes.
using Tag = std::uint32_t;

/// A BER-TLV data object seen in the bytes it was parsed from, which must outlive it.
struct Tlv {
    Tag tag = 0;
    std::size_t offset = 0;    ///< of the tag, in the bytes given to parse_tlv
    BytesView value;           ///< all of it, the objects inside included
    std::vector<Tlv> children; ///< the objects inside, where it is constructed
};

/// Whether the tag's first byte says that objects stand inside (ISO/IEC 8825-1, 8.1.2.5).
[[nodiscard]] bool is_constructed(Tag tag);

/// Reads data objects one after the other to the end of `bytes` (ISO/IEC 7816-4, annex E.2: tags of several bytes,
/// lengths of up to 4 bytes, no indefinite length), and those inside constructed ones to a depth of 16. The Error tells
/// the offset of the object that does not hold.
[[nodiscard]] Result<std::vector<Tlv>> parse_tlv(BytesView bytes);

/// The first object along a path of tags from the outside in: find(list, {0x6F, 0xA5, 0x9F0C}). Null where there is
/// none.
[[nodiscard]] const Tlv* find(const std::vector<Tlv>& list, std::initializer_list<Tag> path);

/// Writes an object with the shortest length; nested ones are written from the inside out.
void append_tlv(Bytes& to, Tag tag, BytesView value);
[[nodiscard]] Bytes make_tlv(Tag tag, BytesView value);

} // namespace tongka::core
