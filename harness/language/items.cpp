#include "harness/language/items.hpp"

#include <fmt/format.h>

#include "harness/language/lexer.hpp"
#include "harness/language/parser.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {
namespace {

using core::Byte;
using core::fail;
using core::Result;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

} // namespace

std::optional<Byte> hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return static_cast<Byte>(c - '0');
    if (c >= 'A' && c <= 'F')
        return static_cast<Byte>(c - 'A' + 10);
    if (c >= 'a' && c <= 'f')
        return static_cast<Byte>(c - 'a' + 10);
    return std::nullopt;
}

char ItemReader::peek() {
    while (at_ < text_.size() && is_blank(text_[at_]))
        ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
}

std::string_view ItemReader::word() const {
    auto end = at_;
    while (end < text_.size() && !is_blank(text_[end]) &&
           std::string_view("{}[]").find(text_[end]) == std::string_view::npos)
        ++end;
    return text_.substr(at_, end - at_);
}

Result<void> ItemReader::take_byte(core::Bytes& value, core::Bytes* masks) {
    Byte byte = 0;
    Byte mask = 0;
    for (std::size_t i = at_; i < at_ + 2; ++i) {
        const char c = i < text_.size() ? text_[i] : ' ';
        const auto digit = hex_digit(c);
        const bool any = masks != nullptr && c == 'x';
        if (!digit && !any && i == at_ + 1 && (is_blank(c) || c == '{' || c == '}' || c == '[' || c == ']'))
            return fail(source_.error_at(
                at_, fmt::format("'{}' is half a byte: hexadecimal digits come in pairs", text_[at_])));
        if (!digit && !any) {
            const auto token = Lexer(text_, i, text_.size()).next();
            const auto shown = token.kind == Token::Kind::word ? text_.substr(i, 1) : token.text;
            return fail(source_.error_at(i, fmt::format("'{}' is no hexadecimal digit{}", shown,
                                                        c == 'X' && masks != nullptr ? " (x stands for any)" : "")));
        }
        byte = static_cast<Byte>(byte << 4 | digit.value_or(0));
        mask = static_cast<Byte>(mask << 4 | (digit ? 0x0F : 0));
    }
    value.push_back(byte);
    if (masks != nullptr)
        masks->push_back(mask);
    at_ += 2;
    return {};
}

Result<ItemReader::Inside> ItemReader::take_braces() {
    const auto open = at_;
    const auto close = text_.find_first_of("{}", open + 1);
    if (close == std::string_view::npos || text_[close] == '{')
        return fail(source_.error_at(open, "'{' is never closed"));
    at_ = close + 1;
    return Inside{open + 1, close};
}

Result<std::size_t> check_item_width(const core::document::Node& source, std::size_t offset, std::size_t width) {
    if (width == 0 || width > longest_value)
        return fail(source.error_at(offset, fmt::format("a width is 1 to {}, not {}", longest_value, width)));
    return width;
}

Result<SizedExpression> parse_sized(const core::document::Node& source, ItemReader::Inside inside) {
    Parser parser(source, inside.begin, inside.end);
    SizedExpression sized;
    TONGKA_TRY(sized.expression, parser.expression());
    if (parser.peek().kind == Token::Kind::end)
        return fail(parser.error(parser.peek(), "the width is missing: {expression:n}, n bytes"));
    if (!parser.peek().is(":"))
        TONGKA_CHECK(parser.finish());
    parser.take();
    const auto at = parser.peek().begin;
    TONGKA_TRY(const auto width, parser.take_number("a width"));
    TONGKA_TRY(sized.width, check_item_width(source, at, width));
    TONGKA_CHECK(parser.finish());
    return sized;
}

} // namespace tongka::harness
