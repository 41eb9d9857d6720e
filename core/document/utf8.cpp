#include "core/document/utf8.hpp"

namespace tongka::core::document {
namespace {

unsigned char at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

bool between(unsigned char c, unsigned char low, unsigned char high) {
    return low <= c && c <= high;
}

/// Length of the well-formed sequence at `i`, 0 if there is none (RFC 3629, section 4).
std::size_t sequence_size(std::string_view text, std::size_t i) {
    const auto first = at(text, i);
    const auto second = at(text, i + 1);
    if (first < 0x80)
        return 1;
    if (between(first, 0xC2, 0xDF))
        return between(second, 0x80, 0xBF) ? 2 : 0;
    const bool tail3 = between(at(text, i + 2), 0x80, 0xBF);
    if (between(first, 0xE0, 0xEF)) {
        const unsigned char low = first == 0xE0 ? 0xA0 : 0x80;  // overlong below
        const unsigned char high = first == 0xED ? 0x9F : 0xBF; // surrogates above
        return between(second, low, high) && tail3 ? 3 : 0;
    }
    const bool tail4 = tail3 && between(at(text, i + 3), 0x80, 0xBF);
    if (between(first, 0xF0, 0xF4)) {
        const unsigned char low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned char high = first == 0xF4 ? 0x8F : 0xBF;
        return between(second, low, high) && tail4 ? 4 : 0;
    }
    return 0;
}

} // namespace

std::size_t find_bad_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto size = sequence_size(text, i);
        if (size == 0)
            return i;
        i += size;
    }
    return text.size();
}

} // namespace tongka::core::document
