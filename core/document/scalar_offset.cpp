#include "core/document/scalar_offset.hpp"

#include <algorithm>

namespace tongka::core::document {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool is_break(char c) {
    return c == '\n' || c == '\r';
}

/// How many bytes of the source one piece of a scalar takes, and how many bytes of its value it makes.
struct Piece {
    std::size_t taken;
    std::size_t made;
};

std::size_t utf8_size(unsigned code) {
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/// A run of blanks with line breaks in it: one break makes a space, each further one a line feed.
Piece folded(std::string_view rest) {
    std::size_t taken = 0;
    std::size_t breaks = 0;
    for (; taken < rest.size() && (is_blank(rest[taken]) || is_break(rest[taken])); ++taken)
        if (rest[taken] == '\n' || (rest[taken] == '\r' && rest.substr(taken, 2) != "\r\n"))
            ++breaks;
    return breaks == 0 ? Piece{1, 1} : Piece{taken, std::max<std::size_t>(1, breaks - 1)};
}

Piece escaped(std::string_view rest) {
    const char kind = rest.size() > 1 ? rest[1] : ' ';
    if (is_break(kind)) { // the break and the next line's indentation go
        std::size_t taken = rest.substr(1, 2) == "\r\n" ? 3 : 2;
        while (taken < rest.size() && is_blank(rest[taken]))
            ++taken;
        return {taken, 0};
    }
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0) // next line (N), no-break space (_) take two bytes, line and paragraph separator (L, P) three
        return {2, std::size_t{kind == 'N' || kind == '_' ? 2U : kind == 'L' || kind == 'P' ? 3U : 1U}};
    unsigned code = 0;
    for (char c : rest.substr(2, digits))
        code = code << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return {2 + digits, utf8_size(code)};
}

Piece next_piece(std::string_view rest, char quote) {
    if (is_blank(rest[0]) || is_break(rest[0]))
        return folded(rest);
    if (quote == '"' && rest[0] == '\\')
        return escaped(rest);
    if (quote == '\'' && rest.substr(0, 2) == "''")
        return {2, 1};
    return {1, 1};
}

} // namespace

std::size_t scalar_offset(std::string_view source, std::size_t start, std::size_t index) {
    if (start >= source.size() || source[start] == '|' || source[start] == '>')
        return start;
    const char quote = source[start];
    std::size_t offset = quote == '"' || quote == '\'' ? start + 1 : start;
    std::size_t made = 0;
    while (offset < source.size()) {
        const auto piece = next_piece(source.substr(offset), quote);
        if (made + piece.made > index)
            break;
        made += piece.made;
        offset += piece.taken;
    }
    return std::min(offset, source.size());
}

bool quotes_are_closed(std::string_view source, std::size_t start) {
    if (start >= source.size() || (source[start] != '"' && source[start] != '\''))
        return true;
    const char quote = source[start];
    for (std::size_t offset = start + 1; offset < source.size();) {
        const auto piece = next_piece(source.substr(offset), quote);
        if (source[offset] == quote && piece.taken == 1)
            return true;
        offset += piece.taken;
    }
    return false;
}

} // namespace tongka::core::document
