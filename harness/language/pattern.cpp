#include "harness/language/pattern.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

#include <fmt/format.h>

#include "harness/language/checker.hpp"
#include "harness/language/items.hpp"
#include "harness/language/parser.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::StatusWord;
using core::document::Node;

constexpr std::size_t status_size = 2;

Result<StatusMask> read_status_mask(const Node& source, std::size_t begin, std::size_t end, bool may_mask) {
    ItemReader reader(source, begin, end);
    core::Bytes value;
    core::Bytes mask;
    const auto size = end - begin;
    while (value.size() < status_size && reader.peek() != '\0')
        TONGKA_CHECK(reader.take_byte(value, may_mask ? &mask : nullptr));
    if (size != 2 * status_size)
        return fail(source.error_at(
            begin, fmt::format("a status word has 4 hexadecimal digits, not '{}'", source.text.substr(begin, size))));
    mask.resize(status_size, 0xFF);
    return StatusMask{static_cast<StatusWord>(core::read_big_endian(value)),
                      static_cast<StatusWord>(core::read_big_endian(may_mask ? mask : core::Bytes{0xFF, 0xFF}))};
}

Result<void> read_status(ItemReader& reader, const Node& source, StatusPattern& status) {
    const char first = reader.peek();
    const auto begin = reader.offset();
    if (first == '{') {
        TONGKA_TRY(auto inside, reader.take_braces());
        if (source.text[inside.begin] != '=')
            return fail(source.error_at(begin, "a status word cannot be captured: {=expression:2} compares it"));
        ++inside.begin;
        TONGKA_TRY(auto sized, parse_sized(source, inside));
        if (sized.width != status_size)
            return fail(source.error_at(begin, fmt::format("a status word has 2 bytes, not {}", sized.width)));
        status = std::move(sized.expression);
        return {};
    }
    const auto word = reader.word();
    if (word.empty())
        return fail(source.error_at(begin, "a status word is missing"));
    reader.skip_word();
    const auto dots = word.find("..");
    if (dots == std::string_view::npos) {
        TONGKA_TRY(const auto mask, read_status_mask(source, begin, begin + word.size(), true));
        status = mask;
        return {};
    }
    TONGKA_TRY(const auto low, read_status_mask(source, begin, begin + dots, false));
    TONGKA_TRY(const auto high, read_status_mask(source, begin + dots + 2, begin + word.size(), false));
    if (low.value > high.value)
        return fail(
            source.error_at(begin, fmt::format("the range {} is empty: its ends are the wrong way round", word)));
    status = StatusRange{low.value, high.value};
    return {};
}

Result<DataItem> read_braces(ItemReader& reader, const Node& source) {
    DataItem item{.begin = reader.offset()};
    TONGKA_TRY(auto inside, reader.take_braces());
    item.end = inside.end + 1;
    item.kind = source.text[inside.begin] == '=' ? DataItem::Kind::compare : DataItem::Kind::capture;
    if (item.kind == DataItem::Kind::compare) {
        ++inside.begin;
        TONGKA_TRY(auto sized, parse_sized(source, inside));
        item.expression = std::move(sized.expression);
        item.width = sized.width;
        return item;
    }
    Parser parser(source, inside.begin, inside.end);
    const auto name = parser.take();
    if (name.kind != Token::Kind::word || !parser.peek().is(":"))
        return fail(parser.error(name, "{name:n} captures n bytes, {=expression:n} compares: this is neither"));
    parser.take();
    item.name = name.text;
    const auto at = parser.peek().begin;
    TONGKA_TRY(const auto width, parser.take_number("a width"));
    TONGKA_TRY(item.width, check_item_width(source, at, width));
    TONGKA_CHECK(parser.finish());
    return item;
}

Result<void> read_literal(ItemReader& reader, Alternative& alternative) {
    if (alternative.data.empty() || alternative.data.back().kind != DataItem::Kind::literal)
        alternative.data.push_back({.begin = reader.offset()});
    auto& item = alternative.data.back();
    TONGKA_CHECK(reader.take_byte(item.value, &item.mask));
    item.width = item.value.size();
    item.end = reader.offset();
    return {};
}

Result<Alternative> read_alternative(const Node& source, std::size_t begin, std::size_t end) {
    ItemReader reader(source, begin, end);
    Alternative alternative;
    TONGKA_CHECK(read_status(reader, source, alternative.status));
    for (char c = reader.peek(); c != '\0'; c = reader.peek()) {
        if (c == '*') {
            if (alternative.has_rest())
                return fail(
                    source.error_at(reader.offset(), "'*' may stand once: where a second one begins is not sure"));
            alternative.data.push_back(
                {.kind = DataItem::Kind::rest, .begin = reader.offset(), .end = reader.offset() + 1});
            reader.skip();
        } else if (c == '{') {
            TONGKA_TRY(auto item, read_braces(reader, source));
            alternative.data.push_back(std::move(item));
        } else {
            TONGKA_CHECK(read_literal(reader, alternative));
        }
    }
    return alternative;
}

/// Where the alternative that begins at `begin` ends: at a `|` outside braces, or at the end.
std::size_t end_of_alternative(std::string_view text, std::size_t begin) {
    bool inside = false;
    for (auto i = begin; i < text.size(); ++i) {
        if (text[i] == '{' || text[i] == '}')
            inside = text[i] == '{';
        else if (text[i] == '|' && !inside)
            return i;
    }
    return text.size();
}

} // namespace

std::size_t Alternative::width() const {
    return std::accumulate(data.begin(), data.end(), std::size_t{0},
                           [](std::size_t sum, const DataItem& item) { return sum + item.width; });
}

bool Alternative::has_rest() const {
    return std::ranges::find(data, DataItem::Kind::rest, &DataItem::kind) != data.end();
}

Result<Pattern> parse_pattern(const Node& node, std::string_view what) {
    TONGKA_CHECK(node.as_text(what));
    Pattern pattern{.source = node, .alternatives = {}};
    const std::string_view text = pattern.source.text;
    if (text == "any")
        return pattern;
    for (std::size_t begin = 0;;) {
        const auto end = end_of_alternative(text, begin);
        TONGKA_TRY(auto alternative, read_alternative(pattern.source, begin, end));
        pattern.alternatives.push_back(std::move(alternative));
        if (end == text.size())
            return pattern;
        begin = end + 1;
    }
}

Pattern default_pattern() {
    Pattern pattern{Node(Node::Kind::text, std::make_shared<const core::document::Source>("", "9000 *"), 0), {}};
    pattern.source.text = "9000 *";
    pattern.alternatives.push_back({.status = StatusMask{0x9000, 0xFFFF}, .data = {{.kind = DataItem::Kind::rest}}});
    return pattern;
}

Result<void> check(const Pattern& pattern, Scope& scope) {
    const auto& source = pattern.source;
    for (const auto& alternative : pattern.alternatives) {
        if (const auto* status = std::get_if<Expression>(&alternative.status))
            TONGKA_CHECK(check_width(*status, source, scope, status_size));
        for (const auto& item : alternative.data) {
            if (item.kind == DataItem::Kind::compare)
                TONGKA_CHECK(check_width(item.expression, source, scope, item.width));
            if (item.kind != DataItem::Kind::capture)
                continue;
            if (pattern.alternatives.size() > 1)
                return fail(source.error_at(item.begin, "what captures cannot have alternatives beside it"));
            TONGKA_CHECK(scope.bind(item.name, Type::bytes(item.width), source, item.begin + 1));
        }
    }
    return {};
}

} // namespace tongka::harness
