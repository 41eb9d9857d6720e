#include "core/tlv.hpp"

#include "core/hex.hpp"

namespace tongka::core {

static constexpr int max_depth = 16;

static std::size_t tag_width(Tag tag) {
    return tag > 0xFFFFFF ? 4 : tag > 0xFFFF ? 3 : tag > 0xFF ? 2 : 1;
}

static Byte first_byte(Tag tag) {
    return static_cast<Byte>(tag >> 8 * (tag_width(tag) - 1));
}

bool is_constructed(Tag tag) {
    return (first_byte(tag) & 0x20) != 0;
}

namespace {

class Reader {
public:
    explicit Reader(BytesView bytes) : bytes_(bytes) {}

    Result<std::vector<Tlv>> list(std::size_t end, int depth) {
        std::vector<Tlv> objects;
        while (at_ < end) {
            TONGKA_TRY(auto object, this->object(end, depth));
            objects.push_back(std::move(object));
        }
        return objects;
    }

private:
    Result<Tlv> object(std::size_t end, int depth) {
        Tlv object;
        object.offset = at_;
        if (depth > max_depth)
            return wrong(at_, "nested deeper than " + std::to_string(max_depth));
        TONGKA_TRY(object.tag, tag(end));
        TONGKA_TRY(const auto length, this->length(end, object));
        if (length > end - at_)
            return wrong(object.offset, name(object.tag) + " has " + std::to_string(length) + " bytes, but " +
                                            std::to_string(end - at_) + " are left");
        object.value = bytes_.subspan(at_, length);
        if (!is_constructed(object.tag)) {
            at_ += length;
            return object;
        }
        TONGKA_TRY(object.children, list(at_ + length, depth + 1));
        return object;
    }

    Result<Tag> tag(std::size_t end) {
        const auto start = at_;
        Tag tag = bytes_[at_++];
        if (tag == 0x00 || tag == 0xFF)
            return wrong(start, "tag " + name(tag) + " does not exist");
        if ((tag & 0x1F) != 0x1F)
            return tag;
        do {
            if (at_ == end)
                return wrong(start, "the tag is cut off");
            if (at_ - start == sizeof(Tag))
                return wrong(start, "the tag is longer than 4 bytes");
            tag = tag << 8 | bytes_[at_++];
        } while ((tag & 0x80) != 0);
        return tag;
    }

    Result<std::size_t> length(std::size_t end, const Tlv& of) {
        if (at_ == end)
            return wrong(of.offset, name(of.tag) + " has no length");
        const Byte first = bytes_[at_++];
        if (first < 0x80)
            return std::size_t{first};
        const std::size_t width = first & 0x7F;
        if (width == 0 || width > 4)
            return wrong(of.offset, "the length of " + name(of.tag) + " begins with " + name(first));
        if (width > end - at_)
            return wrong(of.offset, "the length of " + name(of.tag) + " is cut off");
        const auto value = read_big_endian(bytes_.subspan(at_, width));
        at_ += width;
        return static_cast<std::size_t>(value);
    }

    static std::string name(Tag tag) { return to_hex(big_endian(tag, tag_width(tag))); }

    static tl::unexpected<Error> wrong(std::size_t offset, const std::string& what) {
        return fail("TLV at offset " + std::to_string(offset) + ": " + what);
    }

    BytesView bytes_;
    std::size_t at_ = 0;
};

} // namespace

Result<std::vector<Tlv>> parse_tlv(BytesView bytes) {
    return Reader(bytes).list(bytes.size(), 1);
}

const Tlv* find(const std::vector<Tlv>& list, std::initializer_list<Tag> path) {
    const Tlv* found = nullptr;
    const auto* objects = &list;
    for (auto tag : path) {
        const auto at = std::ranges::find(*objects, tag, &Tlv::tag);
        if (at == objects->end())
            return nullptr;
        found = &*at;
        objects = &found->children;
    }
    return found;
}

void append_tlv(Bytes& to, Tag tag, BytesView value) {
    append(to, big_endian(tag, tag_width(tag)));
    if (value.size() < 0x80) {
        to.push_back(static_cast<Byte>(value.size()));
    } else {
        const std::size_t width = tag_width(static_cast<Tag>(value.size()));
        to.push_back(static_cast<Byte>(0x80 | width));
        append(to, big_endian(value.size(), width));
    }
    append(to, value);
}

Bytes make_tlv(Tag tag, BytesView value) {
    Bytes bytes;
    append_tlv(bytes, tag, value);
    return bytes;
}

} // namespace tongka::core
