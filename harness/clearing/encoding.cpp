#include "harness/clearing/encoding.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iconv.h>
#include <memory>

namespace tongka::harness::clearing {
namespace {

/// Eight bytes at a time: every line of every file goes through here.
bool is_ascii(std::string_view text) {
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + sizeof seen <= text.size(); at += sizeof seen) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        seen |= bytes;
    }
    for (; at < text.size(); ++at)
        seen |= static_cast<unsigned char>(text[at]);
    return (seen & 0x8080808080808080) == 0;
}

struct Close {
    void operator()(void* converter) const { ::iconv_close(converter); }
};

const char* name(Layout::Encoding encoding) {
    switch (encoding) {
    case Layout::Encoding::gbk:
        return "GBK";
    case Layout::Encoding::utf8:
        return "UTF-8";
    case Layout::Encoding::ascii:
        break;
    }
    return "ASCII";
}

/// What could be converted, and how many bytes of `text` that were.
std::pair<std::string, std::size_t> convert(std::string_view text, const char* from, const char* to = "UTF-8") {
    const std::unique_ptr<void, Close> converter(::iconv_open(to, from));
    std::string made(text.size() * 2 + 4, '\0'); // a character of two bytes in GBK has three in UTF-8
    char* in = const_cast<char*>(text.data());   // iconv does not write there
    std::size_t left = text.size();
    char* out = made.data();
    std::size_t room = made.size();
    ::iconv(converter.get(), &in, &left, &out, &room);
    made.resize(made.size() - room);
    return {made, text.size() - left};
}

} // namespace

std::size_t first_foreign_byte(std::string_view text, Layout::Encoding encoding) {
    if (is_ascii(text))
        return text.npos;
    if (encoding == Layout::Encoding::ascii) {
        const auto at = std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
        return static_cast<std::size_t>(at - text.begin());
    }
    const auto taken = convert(text, encoding == Layout::Encoding::gbk ? "GBK" : "UTF-8").second;
    return taken == text.size() ? text.npos : taken;
}

std::string to_utf8(std::string_view text, Layout::Encoding encoding) {
    std::string made;
    while (!text.empty()) {
        auto [piece, taken] = convert(text, encoding == Layout::Encoding::gbk ? "GBK" : "UTF-8");
        made += piece;
        text.remove_prefix(taken);
        if (text.empty())
            break;
        made += "\uFFFD";
        text.remove_prefix(1);
    }
    return made;
}

std::string from_utf8(std::string_view text, Layout::Encoding encoding) {
    return convert(text, "UTF-8", name(encoding)).first;
}

} // namespace tongka::harness::clearing
